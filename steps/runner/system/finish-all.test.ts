import { expect, test } from 'vitest'
import { finishAll } from './finish-all.ts'

test('answers with what each of them answered', async () => {
  expect(await finishAll([Promise.resolve(1), 'two'])).toEqual([1, 'two'])
})

test('tells of a failure when none of the others runs any more', async () => {
  let end = () => {}
  const slow = new Promise<void>((resolve) => (end = resolve))
  let told = false
  const all = finishAll([Promise.reject(new Error('broken')), slow]).finally(() => (told = true))

  await new Promise(setImmediate)
  expect(told).toBe(false)

  end()
  await expect(all).rejects.toThrow('broken')
})
