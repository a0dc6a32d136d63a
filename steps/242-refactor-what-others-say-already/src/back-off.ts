/**
 * How long to wait after `failures` in a row, in milliseconds: a second at first, twice as long after each, up to
 * `longest`, and then shortened at random by up to a half. Without that all clients of a server that was down come back
 * at once.
 */
export function backOff(failures: number, longest = 30_000): number {
  const pause = Math.min(longest, 1_000 * 2 ** (failures - 1))
  return pause * (0.5 + Math.random() / 2)
}
