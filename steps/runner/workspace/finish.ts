import type { Course, Step } from '../course/read-course.ts'
import { partsOf } from '../course/parts.ts'
import { stateAt } from '../course/state.ts'
import { counted } from '../system/counted.ts'
import { beside } from '../terminal/print.ts'
import { readHintsTaken } from './hints-taken.ts'
import { listSaves } from './saves.ts'

const day = 24 * 60 * 60 * 1000

/** At the last step of a part: what was built, and what is known of the learner's way to it. Nothing elsewhere. */
export function finishOf(course: Course, here: Step, now = new Date()): readonly string[] {
  const part = partsOf(course).find(({ chapters }) => chapters.at(-1)?.steps.at(-1) === here)
  if (!part) return []
  const tests = part.chapters.reduce((sum, chapter) => sum + chapter.tests.length, 0)
  const sources = [...stateAt(course, here.number)].filter(([path]) => path.startsWith('src/'))
  const lines = sources.reduce((sum, [, bytes]) => sum + bytes.toString('utf8').split('\n').length - 1, 0)
  return [
    ...beside(
      'Finish',
      `Part ${part.number}, ${part.title}: ${counted(tests, 'test')}, each seen failing first, and now ${counted(lines, 'line')} in ${counted(sources.length, 'file')} of src/ that pass them.`,
    ),
    ...wayOf(course, now),
  ]
}

/** Hints and days of the whole course, as far as this clone knows them. */
function wayOf({ root }: Course, now: Date): readonly string[] {
  const hints = Object.values(readHintsTaken(root)).reduce((sum, count) => sum + count, 0)
  const [first] = listSaves(root)
  const days = first ? Math.floor((now.getTime() - first.at.getTime()) / day) + 1 : 0
  const known = [
    ...(hints > 0 ? [`${counted(hints, 'hint')} taken`] : []),
    ...(days > 0 ? [`${counted(days, 'day')} since your first save`] : []),
  ]
  return known.length === 0 ? [] : beside('', `Yours: ${known.join(', ')}.`)
}
