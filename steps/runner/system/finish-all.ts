/**
 * Waits until all of them have ended, also when one fails: whoever is told of a failure can rely on it that nothing of
 * the rest still runs.
 *
 * @throws what the first of them threw, in their order
 */
export async function finishAll<const Work extends readonly unknown[]>(work: Work) {
  await Promise.allSettled(work)
  return await Promise.all(work)
}
