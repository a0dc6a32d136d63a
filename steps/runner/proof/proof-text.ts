import type { Proof } from './proof.ts'
import { counted } from '../system/counted.ts'
import { badge, complain, paint, say, wrap } from '../terminal/print.ts'

/** What a proof says to people, line by line. */
export function textOfProof({ problems, proven }: Pick<Proof, 'problems' | 'proven'>): readonly string[] {
  if (problems.length === 0) {
    return [
      '',
      `${badge('green')} The course is proven:`,
      '',
      ...proven.flatMap((one) => listed('·', one)),
      '',
    ]
  }
  const count = counted(problems.length, 'problem')
  return [
    '',
    `${paint('red', '✗')} ${count} in the course:`,
    ...problems.flatMap(({ where, what, fix }) => [
      '',
      ...listed('✗', where),
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

function listed(bullet: string, text: string): readonly string[] {
  const [first = '', ...more] = wrap(text, 74)
  return [`${bullet} ${first}`, ...more.map((line) => `  ${line}`)]
}
