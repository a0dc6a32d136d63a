import { createHash } from 'node:crypto'
import { sourceOf } from '../course/syntax-tree.ts'
import { excusesIn } from '../test-runs/excuses.ts'

/** Fingerprints of files, each worked out once in its life. */
export class Fingerprints {
  readonly #known: ReadonlyMap<string, string>
  readonly #bytes = new WeakMap<Buffer, string>()
  /** Fingerprint of a file's bytes -> that of its code. Those that were asked for. */
  readonly codes = new Map<string, string>()

  /** @param known from earlier proofs, as `codes` */
  constructor(known: ReadonlyMap<string, string> = new Map()) {
    this.#known = known
  }

  bytes(bytes: Buffer): string {
    const print = this.#bytes.get(bytes) ?? printOf(bytes)
    this.#bytes.set(bytes, print)
    return print
  }

  /** The same for all files in which tests run the same: they differ in what only people read. */
  code(path: string, bytes: Buffer): string {
    const print = this.bytes(bytes)
    const code = this.codes.get(print) ?? this.#known.get(print) ?? printOf(codeAlone(path, bytes))
    this.codes.set(print, code)
    return code
  }
}

const printOf = (text: string | Buffer) => createHash('sha256').update(text).digest('base64')

/** What a tool may take for an order: `@vitest-environment`, `//# sourceMappingURL`. */
const order = /[@#]/

/**
 * The text of a file without its comments, and without the lines on which nothing else is. Those stay that a tool takes
 * for an order; and so does everything in a file that is no code, or that cannot be parsed.
 *
 * A test could find out about a comment, by the number of a line or the text of a function. None that asserts behaviour
 * does; and under CI a proof remembers nothing.
 */
export function codeAlone(path: string, bytes: Buffer): string {
  const text = bytes.toString('utf8')
  const source = /\.[cm]?[jt]s$/.test(path) ? sourceOf(path, bytes) : null
  let [code, from] = ['', 0]
  for (const { start, end } of source?.comments ?? []) {
    const comment = text.slice(start, end)
    if (order.test(comment) || excusesIn(comment).length > 0) continue
    const before = (code + text.slice(from, start)).replace(/[\t ]+$/, '')
    const [rest = ''] = /^[\t ]*(?:\r?\n|$)/.exec(text.slice(end)) ?? []
    const isAlone = before === '' || before.endsWith('\n')
    if (rest !== '' || end === text.length) {
      code = before
      from = isAlone ? end + rest.length : end
    } else {
      // Where there was a line break there may have to be one.
      code = `${before}${comment.includes('\n') ? '\n' : ' '}`
      from = end
    }
  }
  return code + text.slice(from)
}
