import { expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { runTests, workers } from './run-tests.ts'

delete workers.pool // How long a turn may take is known when a worker starts.

const endless = expect.objectContaining({
  kind: 'amber',
  thrown: expect.objectContaining({
    message: expect.stringContaining('it does not come to an end: after 0.5 s of its own processor time'),
  }),
})

const looping = `import { test } from 'vitest'
test('loops', () => {
  for (;;);
})
`

test('a test that does not come to an end is ended and named, and the other files are run', async () => {
  using there = new ThrowawayCourse().types({ 'test/a.test.ts': looping })
  const files = ['test/a.test.ts', 'test/less.test.ts', 'test/sum.test.ts']
  // By default it takes ten times as much.
  const lights = await runTests({ root: there.root, files, threads: 1, longestTurn: 0.5 })

  expect(lights.files.get('test/a.test.ts')).toEqual(endless)
  expect(lights.files.get('test/less.test.ts')).toMatchObject({ kind: 'ran' })
  expect(lights.files.get('test/sum.test.ts')).toMatchObject({ kind: 'ran' })
  expect(lights.strays).toEqual([])
})
