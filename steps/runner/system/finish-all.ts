/**
 * Waits until all promises have settled, also when one rejects: when the caller hears of a failure, nothing is still
 * running.
 *
 * @throws what the first of them threw, in their order
 */
export async function finishAll<const Work extends readonly unknown[]>(work: Work) {
  await Promise.allSettled(work)
  return await Promise.all(work)
}
