import type { Proof } from './proof.ts'
import { counted } from '../system/counted.ts'
import { badge, paint, wrap } from '../terminal/print.ts'

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

const indented = (text: string) => wrap(text, 74).map((line) => `  ${line}`)

function listed(bullet: string, text: string): readonly string[] {
  const [first = '', ...more] = wrap(text, 74)
  return [`${bullet} ${first}`, ...more.map((line) => `  ${line}`)]
}
