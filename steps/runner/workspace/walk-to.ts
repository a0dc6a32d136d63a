import { bringTests, checkOut, type Checkout } from './checkout.ts'
import { ownTestsIn } from './own-tests.ts'
import type { Course, Step } from '../course/read-course.ts'
import { nextCommand } from '../terminal/next-command.ts'
import { expectationOf, pictureOf } from '../terminal/step-picture.ts'
import { stateAt, type State } from '../course/state.ts'
import { beside, say } from '../terminal/print.ts'
import { readTree } from '../course/read-tree.ts'
import { checkedOut } from '../system/checked-out.ts'
import { finishOf } from './finish.ts'
import { listSaves, readSave, stepOfSave } from './saves.ts'

/**
 * Walks to a step: writes it (or `target`, the learner's own version of it), says what it is and what the course
 * expects of it, then runs its tests and judges them. Answers with the exit code.
 */
export async function walkTo(
  course: Course,
  step: Step,
  target = stateAt(course, step.number),
): Promise<number> {
  return (await standAt(course, step, checkOut(course, step, target))) ? 0 : 1
}

/** The same with the learner's own tests in the course's files kept beside these. */
export async function walkWithOwnTests(course: Course, step: Step): Promise<number> {
  const own = await ownTestsIn(course, step, readTree(course.root).files)
  return (await standAt(course, step, checkOut(course, step, stateAt(course, step.number), own))) ? 0 : 1
}

/** Brings the tests of a step, to code that is the learner's own, and stands there. */
export async function arriveWithTests(course: Course, step: Step): Promise<number> {
  return arriveAt(
    course,
    step,
    bringTests(course, step, await ownTestsIn(course, step, readTree(course.root).files)),
  )
}

/** The same when the learner has come with their own code, which may well be ahead of the step's announcement. */
export async function arriveAt(course: Course, step: Step, done: Checkout): Promise<number> {
  await standAt(course, step, done)
  return 0
}

async function standAt(course: Course, step: Step, done: Checkout): Promise<boolean> {
  const { now } = done
  say(
    '',
    ...pictureOf(course, step, 7),
    ...expectationOf(step),
    ...keptBy(done),
    ...branchOf(course.root, step),
    ...versionOf(course, step, now, done),
  )
  // Loaded only now: the text above is not to wait for the test runner.
  const { sayVerdict } = await import('./say-verdict.ts')
  const asItShouldBe = await sayVerdict(course, step, now)
  say(...finishOf(course, step), ...nextCommand(course, step), '')
  return asItShouldBe
}

/** At the beginning, where a branch of one's own is missing, how to make one. */
export function branchOf(root: string, step: Step): readonly string[] {
  if (step.number !== 1 || !/^refs\/heads\/(?:main|master)$/.test(checkedOut(root) ?? '')) return []
  return beside('Branch', 'Work on a branch of your own, with your name: git switch -c ann')
}

/** A version of this step that the learner made when they were here before. */
function versionOf(course: Course, step: Step, now: State, { saved }: Checkout): readonly string[] {
  const version = listSaves(course.root).findLast((save) => stepOfSave(course, save) === step)
  if (!version || version.number === saved?.number) return []
  // Files of their own that came later stay, and do not make it another version.
  if ([...readSave(course.root, version)].every(([path, bytes]) => now.get(path)?.equals(bytes))) return []
  return beside(
    'Yours',
    `You have worked on this step before: save ${version.number}. To get it back: npm run step restore ${version.number}`,
  )
}

function keptBy({ saved, setAside, beside: own }: Checkout): readonly string[] {
  return [
    ...(saved
      ? beside(
          'Kept',
          `Your work is now save ${saved.number}. To get it back: npm run step restore ${saved.number}`,
        )
      : []),
    ...[...own].flatMap(([theirs, mine]) =>
      beside(
        'Yours',
        `Your own tests are in ${mine} now, beside the course's ${theirs}. Both stay, and both count.`,
      ),
    ),
    ...(setAside === null ? [] : beside('Kept', `The position that could not be read is now ${setAside}`)),
  ]
}
