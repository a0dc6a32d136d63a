/** What one run of a measure took. */
export interface Sample {
  /** Operations a second. */
  readonly perSecond: number
  /** Processor time of this process for an operation, in microseconds. Not a number for another process's. */
  readonly cpu: number
}

/** Something that is measured, once in every round. */
export interface Measure {
  /** What it is compared within, such as "GET, 50 in flight". */
  readonly what: string
  /** Whose it is, such as "ioredis". */
  readonly whose: string
  run(): Promise<Sample>
}

/** What came of it: a table, for each row (`what`) the samples of each column (`whose`), round by round. */
export type Samples = ReadonlyMap<string, ReadonlyMap<string, readonly Sample[]>>

/**
 * Runs every measure once a round, each round beginning with another one: what else the machine does meets all alike.
 * The first round only warms up.
 */
export async function rounds(measures: readonly Measure[], count: number): Promise<Samples> {
  const results = new Map(measures.map(({ what }) => [what, new Map<string, Sample[]>()]))
  for (let round = 0; round <= count; round += 1) {
    const turn = round % measures.length
    for (const { what, whose, run } of [...measures.slice(turn), ...measures.slice(0, turn)]) {
      globalThis.gc?.()
      const taken = await run()
      if (round === 0) continue
      const row = results.get(what)
      row?.set(whose, [...(row.get(whose) ?? []), taken])
    }
  }
  return results
}

/** The one in the middle; not a number when there is none. */
export const median = (values: readonly number[]): number => ordered(values)[values.length >> 1] ?? Number.NaN

export const ordered = (values: readonly number[]): readonly number[] =>
  values.toSorted((one, other) => one - other)

/**
 * Operations with so many under way at any time.
 *
 * @param inFlight each begins its next operation when the last one is done
 * @param operations how many in all
 */
export async function sample(
  inFlight: number,
  operations: number,
  operate: () => Promise<unknown>,
): Promise<Sample> {
  let left = operations
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await operate()
    }
  }
  const start = performance.now()
  const before = process.cpuUsage()
  await Promise.all(Array.from({ length: inFlight }, worker))
  const { user, system } = process.cpuUsage(before)
  return {
    perSecond: operations / ((performance.now() - start) / 1000),
    cpu: (user + system) / operations,
  }
}
