import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runTests } from '../run-tests.ts'
import { layOut } from '../lay-out-states.ts'

const place = fileURLToPath(new URL('../../../../.course', import.meta.url))

type Files = Readonly<Record<string, string>>

const files: Files = {
  'test/sum.test.ts': `import { expect, test } from 'vitest'
import { sum } from '../src/index.ts'
test('sum', () => expect(sum).toBe(3))
`,
  'src/index.ts': "import { two } from './two.ts'\nexport const sum: number = 1 + two\n",
  'src/two.ts': 'export const two: number = 2\n',
}
const { 'src/two.ts': _, ...withoutTwo } = files

/** How each state's one test file ended: 'passed', or what was thrown. All run side by side, in one worker. */
async function endsOf(states: Readonly<Record<string, Files>>): Promise<Readonly<Record<string, string>>> {
  mkdirSync(place, { recursive: true })
  const root = mkdtempSync(join(place, 'side-by-side-'))
  try {
    const all = new Map(
      Object.entries(states).map(([name, state]) => [
        name,
        new Map(Object.entries(state).map(([path, text]) => [path, Buffer.from(text)])),
      ]),
    )
    layOut(root, all)
    const paths = Object.keys(states).map((name) => `${name}/test/sum.test.ts`)
    const { files: lights } = await runTests({ root, files: paths, states: all, threads: 1 })
    return Object.fromEntries(
      [...lights].map(([path, light]) => {
        const [first] = light.kind === 'ran' ? light.tests : [light]
        const end = first && 'thrown' in first ? first.thrown.message.split('\n', 1)[0] : first?.kind
        return [path.split('/', 1)[0], end ?? 'no test']
      }),
    )
  } finally {
    rmSync(root, { recursive: true })
  }
}

test('runs the same bytes in each state against what that state imports', async () => {
  expect(
    await endsOf({
      'state-a': files,
      'state-b': { ...files, 'src/two.ts': 'export const two: number = 3\n' },
      'state-c': files,
    }),
  ).toEqual({
    'state-a': 'passed',
    'state-b': 'expected 4 to be 3 // Object.is equality',
    'state-c': 'passed',
  })
})

test('finds nothing in one state that only its neighbours have', async () => {
  const ends = await endsOf({
    'state-a': files,
    'state-b': withoutTwo,
    'state-c': withoutTwo,
    'state-d': files,
  })

  expect(ends).toMatchObject({ 'state-a': 'passed', 'state-d': 'passed' })
  expect(ends['state-b']).toMatch(/^Cannot find module '.\/two.ts' imported from .*state-b\/src\/index.ts/)
  expect(ends['state-c']).toMatch(/^Cannot find module '.\/two.ts' imported from .*state-c\/src\/index.ts/)
})

test('tells each state of its own mistake', async () => {
  const broken = { ...files, 'src/two.ts': 'export const two = (\n' }
  const ends = await endsOf({ 'state-a': broken, 'state-b': broken, 'state-c': files })

  expect(ends).toEqual({
    'state-a': expect.stringContaining('Transform failed'),
    'state-b': expect.stringContaining('Transform failed'),
    'state-c': 'passed',
  })
})

test('leaves alone what speaks of its own folder', async () => {
  const named = { ...files, 'src/two.ts': "export const two: number = '/state-a/'.length - 7\n" }
  expect(await endsOf({ 'state-a': named, 'state-longer': named })).toEqual({
    'state-a': 'passed',
    'state-longer': 'passed',
  })
})
