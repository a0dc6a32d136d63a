const FIRST = 1_000
const LONGEST = 30_000

/**
 * How long to wait before the next try, in milliseconds: twice as long after every failure, up to half a minute.
 *
 * @param failures how many there were in a row, 1 or more
 */
export function backOff(failures: number): number {
  return Math.min(LONGEST, FIRST * 2 ** (failures - 1))
}
