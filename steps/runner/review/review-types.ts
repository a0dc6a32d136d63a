import { locationsOf } from '../system/locations.ts'
import { makeFolder } from '../system/write-file.ts'
import { typeCheck } from '../test-runs/type-errors.ts'
import { broken, held, warned, type Finding } from './review.ts'

/**
 * What the type checker says of root `src/` and `test/`. A refactor has to hold; before, it is only said.
 *
 * @param red before a red only `src/` is looked at: that its test names what is not there yet is what makes it red
 */
export async function typesOf(
  root: string,
  { red, strict }: { readonly red: boolean; readonly strict: boolean },
): Promise<Finding> {
  const folder = makeFolder(locationsOf(root).scratch)
  // The suites beside the tests (*.spec.ts) know files of the course's own src/.
  const { status, output } = await typeCheck(folder, ['../src', '../test/**/*.test.ts'])
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
