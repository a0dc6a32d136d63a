import { expect, test } from 'vitest'
import { filesNamedBy, filesNeededBy } from './needed-files.ts'

const state = new Map(
  Object.entries({
    'src/index.ts': "export { add } from './deep/add.ts'\nexport const load = () => import('./late.ts')\n",
    'src/deep/add.ts': 'export const add = 1\n',
    'src/late.ts': 'export const late = 1\n',
    'src/other.ts': 'export const other = 1\n',
    'test/by-url.test.ts': "new URL('../src/other.ts', import.meta.url)\n",
    'test/by-name.test.ts': 'const load = (name: string) => import(`./models/${name}.ts`)\n',
    'test/folder.test.ts': "readdirSync(new URL('../src/', import.meta.url))\n",
    'test/index.test.ts': "import { add } from '../src/index.ts'\n",
    'test/models/one.ts': '',
    'test/models/two.ts': '',
  }).map(([path, text]) => [path, Buffer.from(text)]),
)

test('follows imports, whatever their way', () => {
  expect([...filesNeededBy(['test/index.test.ts', 'test/by-url.test.ts'], state)]).toEqual([
    'test/index.test.ts',
    'test/by-url.test.ts',
    'src/index.ts',
    'src/deep/add.ts',
    'src/late.ts',
  ])
})

test.each([
  ['test/index.test.ts', ['src/index.ts', 'src/deep/add.ts', 'src/late.ts']],
  ['test/by-url.test.ts', ['src/other.ts']],
  ['test/by-name.test.ts', ['test/models/one.ts', 'test/models/two.ts']],
  ['test/folder.test.ts', ['src/index.ts', 'src/deep/add.ts', 'src/late.ts', 'src/other.ts']],
])('knows what %s may load by a name in its text', (path, others) => {
  expect([...filesNamedBy(path, state)].toSorted()).toEqual([path, ...others].toSorted())
})
