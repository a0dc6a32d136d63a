/** Something that is measured, once in every round. */
export interface Measure {
  /** What it is compared within, such as "GET, 50 in flight". */
  readonly what: string
  /** Whose it is, such as "ioredis". */
  readonly whose: string
  /** Answers operations a second. */
  run(): Promise<number>
}

/** What came of it: a table, for each row (`what`) the median of each column (`whose`). */
export type Medians = ReadonlyMap<string, ReadonlyMap<string, number>>

/**
 * Runs every measure once a round, each round beginning with another one: what else the machine does meets all alike.
 * The first round only warms up.
 */
export async function rounds(measures: readonly Measure[], count: number): Promise<Medians> {
  const results = new Map(measures.map(({ what }) => [what, new Map<string, number[]>()]))
  for (let round = 0; round <= count; round += 1) {
    const turn = round % measures.length
    for (const { what, whose, run } of [...measures.slice(turn), ...measures.slice(0, turn)]) {
      globalThis.gc?.()
      const result = await run()
      if (round === 0) continue
      const row = results.get(what)
      row?.set(whose, [...(row.get(whose) ?? []), result])
    }
  }
  return new Map(
    [...results].map(([what, row]) => [what, new Map([...row].map(([whose, all]) => [whose, median(all)]))]),
  )
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/**
 * Operations a second with so many under way at any time.
 *
 * @param inFlight each begins its next operation when the last one is done
 * @param operations how many in all
 */
export async function throughput(
  inFlight: number,
  operations: number,
  operate: () => Promise<unknown>,
): Promise<number> {
  let left = operations
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await operate()
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: inFlight }, worker))
  return operations / ((performance.now() - start) / 1000)
}
