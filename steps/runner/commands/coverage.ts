import { appendFileSync } from 'node:fs'
import type { Command } from './command.ts'
import { Refusal } from '../system/refusal.ts'
import { reportOn } from '../report/report.ts'
import { letPrint, print } from '../terminal/print.ts'
import { checkedFolder, writeFile } from '../system/write-file.ts'
import { entryOf } from '../system/run-tool.ts'

/**
 * `npm run coverage`: the tests with coverage, as text, HTML, lcov and json-summary. `npm run coverage markdown main`
 * prints what a pull request against `main` is told, keeps it in coverage/report.md, and on GitHub puts it into the
 * job's summary.
 */
export const coverage: Command = async ({ course, problems, words }) => {
  const [form, ref] = words
  checkedFolder({ root: course.root, path: 'coverage' })
  if (form === undefined) {
    const args = [entryOf('vitest'), 'run', '--coverage']
    return letPrint(process.execPath, args, course.root).status === 0 ? 0 : 1
  }
  if (form !== 'markdown') {
    throw new Refusal(
      `"coverage" takes the word markdown, or nothing, but this came: ${words.join(' ')}`,
      'Type: npm run coverage, or against a branch: npm run coverage markdown main',
    )
  }
  const { text, passes, annotations = [] } = await reportOn(course, problems, ref ?? null)
  print(text)
  // GitHub reads these in a job's log, and shows them in the diff. They begin a line.
  if (process.env['GITHUB_ACTIONS']) print(annotations.map((line) => `${line}\n`).join(''))
  writeFile({ root: course.root, path: 'coverage/report.md' }, text)
  const { GITHUB_STEP_SUMMARY } = process.env
  if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, text)
  return passes ? 0 : 1
}
