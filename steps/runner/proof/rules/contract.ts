import { problemIn, type Problem } from '../../course/problem.ts'
import type { Fold } from '../../course/state.ts'
import type { Evidence } from '../evidence.ts'

/** Fewer characters than these say nothing: to a learner, or of an error. */
const LEAST = { hint: 6, message: 10 } as const

/** What a contract has to hold beyond what can be read from it alone. */
export function* checkContracts({ folds }: Pick<Evidence, 'folds'>): Iterable<Problem> {
  const begun = new Set<string>()
  for (const fold of folds) {
    const { step } = fold
    if (step.phase === 'red') begun.add(step.contract.chapter)
    for (const [what, fix] of complaintsOf(fold, begun)) yield problemIn(step, 'step.yaml', what, fix)
    // A README without a title was complained about when it was read.
    if (step.title !== '' && !step.lesson.includes('\n')) {
      yield problemIn(step, 'README.md', 'the lesson is empty', 'write it below its heading')
    }
  }
}

/** @param begun the chapters that have a red up to here */
function* complaintsOf(
  { step: { contract, phase }, after }: Fold,
  begun: ReadonlySet<string>,
): Iterable<readonly [what: string, fix: string]> {
  const { chapter, changes, does, fails, hints, wrong } = contract
  const isRed = phase === 'red'
  if (hints.length < 2) {
    const has = hints.length === 1 ? 'one hint' : 'no hints'
    const fix = 'write "hints:" from the gentlest nudge to the answer'
    yield [`it has ${has}, but a learner needs at least two tiers`, fix]
  }
  const poor = hints.find((hint) => hint.length < LEAST.hint)
  const double = hints.find((hint, index) => hints.indexOf(hint) !== index)
  if (poor !== undefined) {
    yield [`the hint "${poor}" does not help`, 'say what to look at, what to ask, or what to write']
  }
  if (double !== undefined && double !== poor) {
    yield [`the hint "${double}" comes twice`, 'each tier says more than the one before']
  }
  if (isRed && fails && fails.message !== '' && fails.message.length < LEAST.message) {
    const what = `"fails: message" is "${fails.message}", which is in nearly every message`
    yield [what, 'write the piece of the message that says why it fails']
  }
  if (isRed && !fails) {
    yield ['a red has to announce its failure', 'write "fails:" with test, error and message']
  }
  if (isRed && does === '') {
    const fix = 'write "does:", such as "A missing key is null"'
    yield ['a red says in one plain line what it asks for', fix]
  }
  if (!isRed && does !== '') yield [`a ${phase} asks for nothing new`, 'delete "does:"']
  if (!isRed && fails) yield [`a ${phase} announces a failure, but all its tests pass`, 'delete "fails:"']
  if (!isRed && changes.length > 0) {
    yield ['only a red can name what it changes of tests', 'delete "changes:"']
  }
  if (phase !== 'green' && wrong.length > 0) {
    const fix = 'move "wrong:" to the green whose test catches them'
    yield ['only a green can have wrong answers', fix]
  }
  if (fails && !after.has(fails.file)) {
    const what = `its failing test is meant to be in ${fails.file}, which is not there`
    yield [what, 'name the chapter after its test file, or name the file under "fails: file"']
  }
  if (chapter !== '' && !begun.has(chapter)) {
    yield [`chapter "${chapter}" has no red up to here`, 'name the chapter that its red names']
  }
  for (const { mistake, file, replace } of wrong) {
    const places = (after.get(file)?.toString('utf8') ?? '').split(replace).length - 1
    if (places === 1) continue
    const times = places === 0 ? 'not at all' : `${places} times`
    const fix = 'copy a piece of the file that is in it exactly once into "replace:"'
    yield [`wrong answer "${mistake}": the place to change is in ${file} ${times}`, fix]
  }
}
