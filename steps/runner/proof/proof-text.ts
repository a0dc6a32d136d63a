import { blocksOf } from '../course/marked-blocks.ts'
import { testsOf } from '../test-runs/test-results.ts'
import type { Evidence } from './evidence.ts'
import type { Proof } from './proof.ts'
import { counted } from '../system/counted.ts'
import { badge, complain, marked, paint, say, wrap } from '../terminal/print.ts'

/** What was looked at, with counts: when there is no problem, this is what is proven. */
export function provenOf(
  { folds, tested, wrongs, retold, root }: Evidence,
  covering: boolean,
  ran: number,
): readonly string[] {
  const of = (phase: string) => folds.filter(({ step }) => step.phase === phase).length
  const { results } = tested.at(-1) ?? {}
  const blocks = folds.flatMap(({ step }) => blocksOf(step.lesson))
  const told = blocks.filter(({ mark }) => mark.kind === 'told').length
  return [
    `${counted(folds.length, 'step')}, numbered without a gap, each with its contract, hints and lesson`,
    `${counted(of('red'), 'red')}: one new test each, failing as announced, and nothing else fails`,
    `${counted(of('green'), 'green')} and ${counted(of('refactor'), 'refactor')}: all tests pass, up to ${results ? testsOf(results).length : 0} in ${results?.files.size ?? 0} files`,
    `${counted(wrongs.length, 'wrong answer')}: each is caught by the test of its red`,
    `${counted(retold.length, 'test')} told anew: ${retold.length === 1 ? 'it catches' : 'each catches'} what it caught`,
    'a red touches only test/, a green only src/, a refactor one of the two, and each changes something there',
    ...(covering
      ? [
          'every line, branch and function of every green and refactor is run by its tests',
          'every green and refactor type-checks and is lint-clean',
        ]
      : ['not looked at: coverage, types and lint (npm run step verify looks at all)']),
    `${blocks.length - told} blocks of code and output in the lessons are what they say they are; ${told} are only told`,
    root
      ? 'the last step is src/ and test/, byte for byte'
      : 'not compared: src/ and test/, which stand at an earlier step',
    `${ran} test files were run`,
  ]
}

/** What a proof says to people, line by line. */
export function textOfProof({ problems, proven }: Pick<Proof, 'problems' | 'proven'>): readonly string[] {
  if (problems.length === 0) {
    return [
      '',
      `${badge('green')} The course is proven:`,
      '',
      ...proven.flatMap((one) => marked('·', one, 74)),
      '',
    ]
  }
  const count = counted(problems.length, 'problem')
  return [
    '',
    `${paint('red', '✗')} ${count} in the course:`,
    ...problems.flatMap(({ where, what, fix }) => [
      '',
      ...marked('✗', where, 74),
      ...indented(what),
      ...indented(`Fix: ${fix}`),
    ]),
    '',
  ]
}

/** Prints it, problems to standard error. Returns the exit code. */
export function sayProof(proof: Proof): number {
  const isProven = proof.problems.length === 0
  const print = isProven ? say : complain
  print(...textOfProof(proof))
  return isProven ? 0 : 1
}

const indented = (text: string) => wrap(text, 74).map((line) => `  ${line}`)
