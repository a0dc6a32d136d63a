import {
  badge,
  beside,
  bold,
  lights,
  marked,
  paint,
  say,
  width,
  wrap,
  type Light,
} from '../terminal/print.ts'
import type { Step } from '../course/read-course.ts'
import type { Ending } from './prediction.ts'

/** One thing that was looked at in the learner's work. */
export interface Finding {
  /** Null: not looked at, because something before it did not hold. */
  readonly held: boolean | null
  /** What is so, or is not, in one sentence. */
  readonly says: string
  /** Lines below it: what failed, with expected and received; why it matters. */
  readonly more: readonly string[]
  /** It is not as it should be, but does not fail the check yet. */
  readonly amber?: true
}

/** What came of checking the learner's work against the step that they are working on. */
export interface Assessment {
  readonly findings: readonly Finding[]
  /** What to type now, each with a word about it. */
  readonly next: readonly string[]
  /** Before a red: how the new test ended, to compare with the prediction; null when there is not one new test. */
  readonly ending?: Ending | null
}

export const held = (says: string, ...more: readonly string[]): Finding => ({ held: true, says, more })
export const warned = (says: string, ...more: readonly string[]): Finding => ({
  held: true,
  says,
  more,
  amber: true,
})
export const broken = (says: string, ...more: readonly string[]): Finding => ({ held: false, says, more })
export const skipped = (says: string, ...more: readonly string[]): Finding => ({ held: null, says, more })

export const allHeld = ({ findings }: Assessment): boolean => findings.every((finding) => finding.held)

/** The title of a green would be its answer. */
export const workingOnLine = ({ number, phase, title }: Step): string =>
  `Working on step ${number} · ${badge(phase)}${phase === 'green' ? '' : ` · ${bold(title)}`}`

export function sayAssessment(step: Step, assessment: Assessment): void {
  say('', workingOnLine(step), '')
  for (const finding of assessment.findings) say(...linesOf(finding))
  if (assessment.next.length === 0) return
  say('', ...assessment.next.flatMap((line, index) => beside(index === 0 ? 'Next' : '', line)), '')
}

function linesOf({ held: isHeld, amber, says, more }: Finding): readonly string[] {
  const light: Light = amber ? 'amber' : isHeld ? 'green' : 'red'
  const mark = isHeld === null ? '·' : lights[light].shape
  const text = marked(mark, says)
  return [
    ...(isHeld === null ? text : text.map((line) => paint(light, line))),
    ...more.flatMap((line) => wrap(line, width() - 6)).map((line) => `    ${line}`),
  ]
}
