import { fileURLToPath } from 'node:url'
import { runTool } from '../system/run-tool.ts'
import { below, diskOf, locationsOf } from '../system/locations.ts'
import { writeFile } from '../system/write-file.ts'
import { broken, held, warned, type Finding } from './review.ts'

const settings = fileURLToPath(new URL('../../../tsconfig.json', import.meta.url))

/**
 * What the type checker says of root `src/` and `test/`. A refactor has to hold; before, it is only said.
 *
 * @param red before a red only `src/` is looked at: that its test names what is not there yet is what makes it red
 */
export async function typesOf(
  root: string,
  { red, strict }: { readonly red: boolean; readonly strict: boolean },
): Promise<Finding> {
  const { scratch } = locationsOf(root)
  writeFile(
    below(scratch, 'tsconfig.json'),
    // The suites beside the tests (*.spec.ts) know files of the course's own src/.
    JSON.stringify({ extends: settings, include: ['../src', '../test/**/*.test.ts'] }),
  )
  const { status, output } = await runTool(
    'typescript',
    ['-p', 'tsconfig.json', '--pretty', 'false'],
    diskOf(scratch),
  )
  const errors = output
    .split('\n')
    .filter((line) => line.includes('error TS'))
    .map((line) => line.replace(/^(?:\.\.\/)+/, ''))
    .filter((line) => !red || !line.startsWith('test/'))
  // Without files yet there is nothing to check, which is an error for the type checker.
  if (status === 0 || (red && errors.length === 0) || /TS18003/.test(output)) return held('The types hold.')
  const more = errors.length > 3 ? [`and ${errors.length - 3} more: npm run types`] : []
  const shown = [...(errors.length > 0 ? errors : [output]).slice(0, 3), ...more]
  return strict
    ? broken('The types do not hold:', ...shown)
    : warned('The types do not hold, and the next refactor will not go through like that:', ...shown)
}
