import type { Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Fewer characters than these say nothing: to a learner, or of an error. */
const LEAST = { hint: 6, message: 10 } as const

/** What a contract has to hold beyond what can be read from it alone. */
export function checkContracts({ folds }: Pick<Evidence, 'folds'>): readonly Problem[] {
  const begun = new Set<string>()
  return folds.flatMap(({ step, after }) => {
    const { title, contract, phase, lesson, folder } = step
    const where = `steps/${folder}/step.yaml`
    const problems: Problem[] = []
    const complain = (what: string, fix: string) => problems.push({ where, what, fix })
    if (contract.hints.length < 2) {
      complain(
        `it has ${contract.hints.length === 1 ? 'one hint' : 'no hints'}, but a learner needs at least two tiers`,
        'write "hints:" from the gentlest nudge to the answer',
      )
    }
    const poor = contract.hints.find((hint) => hint.length < LEAST.hint)
    if (poor !== undefined)
      complain(`the hint "${poor}" does not help`, 'say what to look at, what to ask, or what to write')
    const double = contract.hints.find((hint, index) => contract.hints.indexOf(hint) !== index)
    if (double !== undefined && double !== poor)
      complain(`the hint "${double}" comes twice`, 'each tier says more than the one before')
    if (
      phase === 'red' &&
      contract.fails &&
      contract.fails.message !== '' &&
      contract.fails.message.length < LEAST.message
    ) {
      complain(
        `"fails: message" is "${contract.fails.message}", which is in nearly every message`,
        'write the piece of the message that says why it fails',
      )
    }
    if (phase === 'red' && !contract.fails) {
      complain('a red has to announce its failure', 'write "fails:" with test, error and message')
    }
    if (phase === 'red' && contract.does === '') {
      complain(
        'a red says in one plain line what it asks for',
        'write "does:", such as "A missing key is null"',
      )
    }
    if (phase !== 'red' && contract.does !== '') complain(`a ${phase} asks for nothing new`, 'delete "does:"')
    if (phase !== 'red' && contract.fails) {
      complain(`a ${phase} announces a failure, but all its tests pass`, 'delete "fails:"')
    }
    if (phase !== 'red' && contract.changes.length > 0) {
      complain('only a red can name what it changes of tests', 'delete "changes:"')
    }
    if (phase !== 'green' && contract.wrong.length > 0) {
      complain('only a green can have wrong greens', 'move "wrong:" to the green whose test catches them')
    }
    if (contract.fails && !after.has(contract.fails.file)) {
      complain(
        `its failing test is meant to be in ${contract.fails.file}, which is not there`,
        'name the chapter after its test file, or name the file under "fails: file"',
      )
    }
    if (phase === 'red') begun.add(contract.chapter)
    else if (contract.chapter !== '' && !begun.has(contract.chapter)) {
      complain(`chapter "${contract.chapter}" has no red up to here`, 'name the chapter that its red names')
    }
    // A README without a title was complained about when it was read.
    if (title !== '' && !lesson.includes('\n')) {
      const fix = 'write it below its heading'
      problems.push({ where: `steps/${folder}/README.md`, what: 'the lesson is empty', fix })
    }
    for (const { mistake, file, replace } of contract.wrong) {
      const places = (after.get(file)?.toString('utf8') ?? '').split(replace).length - 1
      if (places === 1) continue
      complain(
        `wrong green "${mistake}": the place to change is in ${file} ${places === 0 ? 'not at all' : `${places} times`}`,
        'copy a piece of the file that is in it exactly once into "replace:"',
      )
    }
    return problems
  })
}
