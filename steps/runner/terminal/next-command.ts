import { chaptersOf } from '../course/chapters.ts'
import { about, metIn, minutesFor } from '../course/parts.ts'
import type { Course, Phase, Step } from '../course/read-course.ts'
import { refactorsTests, stepAfter } from '../course/steps.ts'
import { beside, lights } from './print.ts'

/** What the learner can do before they go on to a step. */
const yours: Record<Phase, (next: Step) => string> = {
  red: () => 'Write its test yourself, if you like',
  green: () => 'Your turn: make it pass in src/',
  refactor: (next) => `Your turn: clean up in ${refactorsTests(next) ? 'test' : 'src'}/`,
}

/** What to type after this step. */
export function nextCommand(course: Course, here: Step): readonly string[] {
  const next = stepAfter(course, here)
  if (!next) {
    return [
      ...chapterEnd(course, here),
      ...beside('Next', 'This is the last step. From the beginning: npm run step 1'),
    ]
  }
  return [
    ...chapterEnd(course, here),
    ...beside(
      'Next',
      `npm run step next   (step ${next.number}, ${lights[next.phase].word.toLowerCase()}${next.phase === 'green' ? '' : `: ${next.title}`})`,
    ),
    ...beside('', `${yours[next.phase](next)}: npm run step check · hint · solve`),
  ]
}

/** At the last step of a chapter: what it was about, what comes, and how long that takes. */
function chapterEnd(course: Course, here: Step): readonly string[] {
  const chapters = chaptersOf(course)
  const index = chapters.findIndex(({ steps }) => steps.at(-1) === here)
  const [done, next] = [chapters[index], chapters[index + 1]]
  const met = done ? metIn(done) : null
  if (!done || met === null) return []
  const lines = beside('Done', `Chapter ${done.number}, ${done.title}: ${met}.`)
  const [minutes, comes] = next ? [minutesFor(course, next), metIn(next)] : [null, null]
  if (!next || minutes === null || comes === null) return lines
  const then = `Then comes chapter ${next.number}, ${next.title}, ${about(minutes)}: ${comes}.`
  return [...lines, ...beside('', then)]
}
