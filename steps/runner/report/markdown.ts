import type { Step } from '../course/read-course.ts'
import type { Verdict } from '../test-runs/judge.ts'
import type { Uncovered } from '../test-runs/uncovered.ts'
import { counted } from '../system/counted.ts'
import { lights, printable } from '../terminal/print.ts'
import type { CourseChange, StepResult } from './course-change.ts'
import { metrics, type Amount, type Amounts, type Measured } from './measure.ts'

/** Where a file of the repository can be looked at: a url that ends in a slash, or nothing for links within it. */
export type Where = string

export interface CoverageReport {
  readonly now: Measured
  /** What `now` is compared with; null for totals alone. */
  readonly base: {
    readonly name: string
    readonly measured: Measured
    readonly changed: readonly string[]
    /** File of `src/` -> lines that the change adds or rewrites. */
    readonly lines: ReadonlyMap<string, ReadonlySet<number>>
  } | null
}

/** Lists that would be longer say how much longer. */
const most = 40

/** A comment on GitHub holds 65,536 characters; the workflow says something above the report. */
const commentHolds = 65_000

/** The whole of a report, as much of it as a comment holds. */
export function commentOf(parts: readonly string[]): string {
  const text = `${parts.join('\n\n')}\n`
  if (text.length <= commentHolds) return text
  const rest = '\n\n… The rest does not fit into a comment.\n'
  return text.slice(0, text.lastIndexOf('\n', commentHolds - rest.length)) + rest
}

/** What a change does to the hooks, which reviewers have to see first; nothing when it does nothing to them. */
export const hooksText = (changed: readonly string[]): readonly string[] =>
  changed.length === 0
    ? []
    : [
        paragraphs(
          '## Hooks',
          '⚠ **This changes what git runs on the machine of everyone who switches to it.** Read it before you do:',
          listed(changed.map(code)),
          'To look at the branch without running it: `git -c core.hooksPath=/dev/null switch …`',
        ),
      ]

/** Whether a test runs all there is. */
export const fullyCovered = ({ total, failing }: Measured): boolean =>
  failing.length === 0 && metrics.every((metric) => total[metric].covered === total[metric].total)

/** Coverage for a pull request: totals, what each file lost or gained, and what no test runs, as links. */
export function coverageText({ now, base }: CoverageReport, where: Where): string {
  if (now.failing.length > 0) {
    return paragraphs(
      '## Coverage',
      '✗ **The tests do not pass**, so what they cover says nothing. `npm test` shows more.',
      listed(now.failing.map(code)),
    )
  }
  return paragraphs(
    '## Coverage',
    fullyCovered(now)
      ? '✓ **All of `src/` is run by its tests.**'
      : '✗ **Below the gate:** every statement, branch and function of `src/` has to be run by a test.',
    totals(now, base),
    testsAndLines(now, base),
    base && base.measured.failing.length > 0
      ? `The tests of ${code(base.name)} do not pass: there is nothing to compare with.`
      : '',
    fileTable({ now, base }, where),
  )
}

/** How many tests there are and were, and how much of what is new they run. */
function testsAndLines(now: Measured, base: CoverageReport['base']): string {
  const before = comparable(base)
  if (!base || !before) return `${counted(now.tests, 'test')}.`
  const tests = `${counted(now.tests, 'test')} now, ${before.tests} before.`
  const changed = [...base.lines].flatMap(([path, lines]) =>
    [...lines].flatMap((line) => now.hits.get(path)?.get(line) ?? []),
  )
  if (changed.length === 0) return `${tests} No line of code in \`src/\` is changed.`
  const run = changed.filter((hits) => hits > 0).length
  return `${tests} Of ${counted(changed.length, 'changed line')} of code in \`src/\` ${run === 1 ? '1 is' : `${run} are`} run by a test.`
}

function totals(now: Measured, base: CoverageReport['base']): string {
  const before = comparable(base)
  return table(
    ['', 'run', 'of', '%', ...(before && base ? [`against ${code(base.name)}`] : [])],
    metrics.map((metric) => {
      const { covered, total } = now.total[metric]
      const change = before ? [difference(now.total[metric], before.total[metric])] : []
      return [metric, String(covered), String(total), percent(now.total[metric]), ...change]
    }),
  )
}

/** Files that the change touches, files whose coverage it changes all the same, and files with something uncovered. */
function fileTable({ now, base }: CoverageReport, where: Where): string {
  const before = comparable(base)
  const paths = new Set([...now.files.keys(), ...(before?.files.keys() ?? [])])
  // What was so before, in an unchanged file, is not what a reader of this change looks for.
  const old = new Set<readonly string[]>()
  const rows = [...paths].toSorted().flatMap((path) => {
    const is = now.files.get(path)
    const was = before?.files.get(path)
    const touched = base?.changed.includes(path) ?? false
    const uncovered = now.uncovered.get(path) ?? []
    if (!is) return [[code(path), 'deleted', '', '', '']]
    if (!touched && uncovered.length === 0 && (!was || sameShare(is, was))) return []
    const cells = (['statements', 'branches', 'functions'] as const).map((metric) => {
      if (!before) return percent(is[metric])
      return `${percent(is[metric])} (${was ? difference(is[metric], was[metric]) : 'new'})`
    })
    const row = [link(code(path), where, path), ...cells, linesOf(uncovered, where, path)]
    if (base && !touched && was && sameShare(is, was)) old.add(row)
    return [row]
  })
  const shown = rows.filter((cells) => !old.has(cells))
  return paragraphs(
    shown.length > 0 ? filesTable(shown) : '',
    shown.length === 0 && base ? 'No file of `src/` is changed or covered otherwise than before.' : '',
    old.size === 0
      ? ''
      : `<details><summary>As before the change</summary>\n\n${filesTable([...old])}\n\n</details>`,
  )
}

const filesTable = (rows: readonly (readonly string[])[]) =>
  paragraphs(
    table(['file', 'statements', 'branches', 'functions', 'lines that no test runs'], rows.slice(0, most)),
    rows.length > most ? `… and ${rows.length - most} more files` : '',
  )

const comparable = (base: CoverageReport['base']) =>
  base && base.measured.failing.length === 0 ? base.measured : null

const sameShare = (one: Amounts, other: Amounts) =>
  metrics.every((metric) => difference(one[metric], other[metric]) === same)

/** What a change does to the course, and what the proof says to it. */
export function courseText({ before, after, steps, renumbered, proof }: CourseChange): string {
  const { problems, proven } = proof
  const moved = renumbered === 0 ? '' : ` ${counted(renumbered, 'other step')} at another number.`
  return paragraphs(
    '## The course',
    problems.length === 0
      ? `✓ **The course is proven.** ${before} steps before, ${after} now.${moved}`
      : `✗ **${counted(problems.length, 'problem')} in the course.** ${before} steps before, ${after} now.${moved}`,
    steps.length === 0
      ? 'No step is changed.'
      : table(
          ['step', 'before', 'now'],
          steps.slice(0, most).map((one) => {
            const step = one.after?.step ?? one.before?.step
            const name = step ? code(step.folder) : ''
            const was =
              one.before && one.before.step.folder !== step?.folder ? ` (${one.before.step.number})` : ''
            return [name, `${lit(one.before)}${was}`, lit(one.after)]
          }),
        ),
    steps.length > most ? `… and ${steps.length - most} more steps` : '',
    problems.length === 0
      ? `<details><summary>What was proven</summary>\n\n${listed(proven.map(plain))}\n\n</details>`
      : listed(
          problems.map(({ where, what, fix }) => `${code(where)}: ${code(what)}  \n  Fix: ${code(fix)}`),
          10, // One mistake in an early step shows in all that come after it.
        ),
  )
}

function lit(light: StepResult | null): string {
  if (!light) return '–'
  const { step, problems } = light
  if (problems.length > 0) return `${lights.amber.shape} ${counted(problems.length, 'problem')}`
  return `${lights[step.phase].shape} ${lights[step.phase].word.toLowerCase()}`
}

/** For a clone that was made without its history. */
export const notComparedText = (name: string) =>
  `Not compared with ${code(name)}, nor was the course proven: this clone was made without that commit. To fetch it: \`git fetch --unshallow\``

/** For a pull request that seems to hold a learner's own walk through the course. */
export function learnerText(step: Step, steps: number, verdict: Verdict): string {
  return paragraphs(
    '## This looks like your own walk through the course',
    `Thank you for doing it! What this pull request puts into \`src/\` and \`test/\` is about what stands there at step ${step.number} of ${steps}. If this is for your team to read, it is in the right place, and not to be merged: \`main\` holds the finished course, for those who come after you.`,
    `${verdict.kind === 'as it should be' ? lights.green.shape : lights.amber.shape} At that step: ${code(verdict.says)}`,
    listed([
      'Sent here by mistake? Close this pull request. Your branch and its commits stay as they are, and nothing you typed is lost.',
      'Go on where you are: `npm run step` says where that is, `npm run step last` brings the finished course back.',
      'To show your work to your team, push your branch to your own fork or to the team’s: `docs/team-leads.md` says how it is followed there.',
      'If you did mean to change the course: its code comes from `steps/`, and `docs/writing-a-step.md` says how to change a step.',
    ]),
  )
}

/** Two digits after the point, never rounded up: 100 means all. */
function percent({ covered, total }: Amount): string {
  return String(share(covered, total) / 100)
}

const share = (covered: number, total: number) =>
  total === 0 ? 10_000 : Math.floor((covered * 10_000) / total)

const same = '='

function difference(now: Amount, before: Amount): string {
  const points = share(now.covered, now.total) - share(before.covered, before.total)
  if (points === 0) return same
  return `${points > 0 ? '+' : '−'}${Math.abs(points) / 100}`
}

/** Lines in a row are one link; a branch, of which the rest of the line tells nothing, says which it is. */
function linesOf(places: readonly Uncovered[], where: Where, path: string): string {
  const ranges: { readonly from: number; to: number; readonly which?: string | undefined }[] = []
  for (const { line, which } of places) {
    const last = ranges.at(-1)
    if (last && last.to === line - 1 && which === undefined && last.which === undefined) last.to = line
    else ranges.push({ from: line, to: line, which })
  }
  const shown = ranges.slice(0, most).map(({ from, to, which }) => {
    const lines = from === to ? String(from) : `${from}–${to}`
    const text = which === undefined ? lines : `${lines}: ${which}`
    return link(text, where, `${path}#L${from}${from === to ? '' : `-L${to}`}`)
  })
  return [...shown, ...(ranges.length > most ? ['…'] : [])].join(', ')
}

const link = (text: string, where: Where, path: string) =>
  `[${text}](${where}${path.split('#').map(encodeURI).join('#').replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('@', '%40')})`

/** As it is, whatever is in it: names of files and tests come from the pull request. */
const code = (text: string) => `\`${plain(text).replaceAll('`', "'").replaceAll('\\', '∖')}\``

/** Without mentions: GitHub would notify the account of that name. */
const plain = (text: string) =>
  printable(text).replaceAll(/\s+/g, ' ').replaceAll('@', '@\u2060').slice(0, 300)

function listed(lines: readonly string[], atMost = most): string {
  const more = lines.length > atMost ? [`… and ${lines.length - atMost} more`] : []
  return [...lines.slice(0, atMost), ...more].map((line) => `- ${line}`).join('\n')
}

const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

const paragraphs = (...texts: readonly string[]) => texts.filter((text) => text !== '').join('\n\n')
