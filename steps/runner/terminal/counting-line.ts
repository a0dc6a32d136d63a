import { printsElsewhere } from './print.ts'

export interface CountingLine extends Disposable {
  /** One more is done. */
  readonly next: () => void
}

interface Where {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

const silent: CountingLine = { next: () => {}, [Symbol.dispose]: () => {} }

/**
 * One line on a terminal that counts while something takes long, and is gone after it. There is none where it would not
 * be seen: without a terminal, under CI, or when what is printed goes elsewhere.
 *
 * @param what in the plural, such as "states"
 */
export function countingLine(
  total: number,
  what: string,
  output: Where = process.stderr,
  ci = process.env['CI'],
): CountingLine {
  if (!output.isTTY || (ci && ci !== 'false') || printsElsewhere() || total === 0) return silent
  let done = 0
  let shown = ''
  const show = () => output.write(`\r${(shown = ` ${done} of ${total} ${what}`)}`)
  show()
  return {
    next() {
      done += 1
      show()
    },
    [Symbol.dispose]: () => void output.write(`\r${' '.repeat(shown.length)}\r`),
  }
}
