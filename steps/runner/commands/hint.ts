import type { Command } from './command.ts'
import { readHintsTaken, takeHint, takenOf } from '../workspace/hints-taken.ts'
import { standingAt } from '../workspace/standing.ts'
import { stepAfter } from '../course/steps.ts'
import { Refusal } from '../system/refusal.ts'
import { workingOnLine } from '../review/review.ts'
import { dim, say, wrap } from '../terminal/print.ts'

/** `npm run step hint`: one more hint for the step I am working on, the one after the step where I stand. */
export const hint: Command = async ({ course }) => {
  const here = await standingAt(course)
  const step = stepAfter(course, here)
  if (!step) {
    throw new Refusal(
      `There is nothing left to hint at: you stand at step ${here.number}, the last.`,
      'From the beginning: npm run step 1',
    )
  }
  const { hints } = step.contract
  const taken = readHintsTaken(course.root)
  const before = Math.min(takenOf(course, taken, step), hints.length)
  const shown = Math.min(before + 1, hints.length)
  if (shown > before) takeHint(course.root, taken, step, shown)
  say('', workingOnLine(step))
  for (const [index, text] of hints.slice(0, shown).entries()) {
    say('', dim(`Hint ${index + 1} of ${hints.length}`), ...code(text))
  }
  say(
    '',
    shown < hints.length
      ? 'Still stuck? One more: npm run step hint'
      : `That was the last one. The course's own answer: npm run step ${step.number}`,
    '',
  )
  return 0
}

/** Hints of several lines are code, whose lines are not ours to break. */
function code(text: string): readonly string[] {
  return text.includes('\n') ? text.split('\n').map((line) => `  ${line}`) : wrap(text)
}
