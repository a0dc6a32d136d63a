const FIRST = 1_000
const LONGEST = 30_000

/**
 * How long to wait before the next try, in milliseconds: twice as long after every failure, up to `longest`, and
 * then shortened at random by up to a half. Without that all clients of a server that was down come back at once.
 *
 * @param failures how many there were in a row, 1 or more; Infinity takes the longest pause at once
 */
export function backOff(failures: number, longest = LONGEST): number {
  const pause = Math.min(longest, FIRST * 2 ** (failures - 1))
  return pause * (0.5 + Math.random() / 2)
}
