/**
 * Something that the runner refuses to do. The message says what was expected and what came, then what to type
 * next. Thrown before anything is changed, or after everything has been put back.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** Lines to print below the message: advice, then the command to type. */
  readonly next: readonly string[]

  constructor(message: string, ...next: readonly string[]) {
    super(message)
    this.next = next
  }
}

/**
 * The refusal for a write that the operating system rejected, or the refusal that `error` already is.
 *
 * @param what the beginning of the message, such as "The position could not be written"
 */
export function cannotWrite(
  what: string,
  error: unknown,
  { end = '.', advice = 'Make it writable, then try again.' } = {},
): Refusal {
  if (error instanceof Refusal) return error
  return new Refusal(
    `${what} (${reasonOf(error)})${end}`,
    `Is the disk full, or the folder read-only? ${advice}`,
  )
}

/** The code of a system error (ENOENT, EACCES, …), or its text when it has none. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
