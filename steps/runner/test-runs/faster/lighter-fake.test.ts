import RedisMock from 'ioredis-mock'
import { expect, test } from 'vitest'
import { lightenFake } from './lighter-fake.ts'

// These run one after the other: once it has been made lighter, the fake stays so in this worker.

type Commands = Record<string, (...args: readonly string[]) => unknown>

let made = 0
/** One at a host of its own: all at one host listen to the same data, and Node warns of more than ten listeners. */
const make = () => new RedisMock({ host: String(made++) }) as unknown as Commands
const ownFunctions = () => Object.getOwnPropertyNames(make()).length
/** How many names an instance is asked for while it is made: whether there is a command of that name already. */
function asked(): number {
  let count = 0
  const has = (target: object, name: string | symbol) => {
    count += 1
    return Reflect.has(target, name)
  }
  class Asked extends RedisMock {}
  Object.setPrototypeOf(Asked.prototype, new Proxy(RedisMock.prototype as object, { has }))
  Reflect.construct(Asked, [{ host: String(made++) }])
  return count
}
const before = { sorting: make()['sort'], ownFunctions: ownFunctions(), asked: asked() }

test('by default each instance has hundreds of functions of its own that only throw', () => {
  expect(before.sorting).toThrow('Unsupported command: "sort"')
  expect(make()['sort']).not.toBe(before.sorting)
})

test('all instances share them, and say what they said', async () => {
  lightenFake()

  expect(ownFunctions()).toBeLessThan(before.ownFunctions - 300)
  expect(make()['sort']).toThrow('Unsupported command: "sort"')
  expect(make()['sortBuffer']).toThrow('Unsupported command: "sortBuffer"')
  expect(make()['nosuchcommand']).toBeUndefined()

  const fake = new RedisMock()
  await fake.set('lighter-fake', 'works')
  expect(await fake.getBuffer('lighter-fake')).toEqual(Buffer.from('works'))
  await fake.del('lighter-fake')
})

test('none goes through their names any more', () => {
  expect(before.asked).toBeGreaterThan(300)
  expect(asked()).toBe(0)
})

test('what a test writes into one, no other sees', () => {
  const mine = () => 'mine'
  const one = make()
  one['sort'] = mine

  expect(one['sort']).toBe(mine)
  expect(make()['sort']).toThrow('Unsupported command')
})

test('to make it lighter twice changes nothing more', () => {
  const once = ownFunctions()
  lightenFake()

  expect(ownFunctions()).toBe(once)
  expect(make()['sort']).toThrow('Unsupported command: "sort"')
})
