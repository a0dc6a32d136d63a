import { expect, test } from 'vitest'
import { standBy } from './lights.ts'
import { ThrowawayCourse } from './throwaway.ts'

test('sees at each run what stands on the disk then', async () => {
  using there = new ThrowawayCourse()
  const files = ['test/sum.test.ts', 'test/less.test.ts']
  await using tests = await standBy({
    root: there.root,
    covering: { include: ['src/**/*.ts'], exclude: [] },
  })
  const ends = async () => {
    const lights = await tests.run(files)
    expect(lights.coverage, 'each run measures its coverage').not.toBeNull()
    return files.map((file) => {
      const light = lights.files.get(file)
      return light?.kind === 'ran' ? light.tests.map(({ kind }) => kind).join() : light?.kind
    })
  }
  expect(await ends()).toEqual(['passed', 'passed'])

  const sound = there.reads('src/index.ts') ?? ''
  there.types({ 'src/index.ts': sound.replace('-one', 'one') })
  expect(await ends()).toEqual(['passed', 'failed'])

  there.types({
    'src/index.ts': "export { add } from './add.ts'\nexport const negate = (one: number) => -one\n",
  })
  expect(await ends()).toEqual(['amber', 'amber'])

  there.types({ 'src/add.ts': 'export const add = (one: number, other: number) => one + other\n' })
  expect(await ends()).toEqual(['passed', 'passed'])
})
