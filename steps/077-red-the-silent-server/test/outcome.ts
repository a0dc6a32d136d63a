// Taken before any test fakes it: this is the clock on the wall.
const { setTimeout } = globalThis

/**
 * What a promise comes to, be it a value or an error; 'still waiting' when it comes to nothing within 300 ms. That is a
 * bound and no pause: a promise that comes to something is answered at once.
 */
export async function outcome(promise: Promise<unknown>): Promise<unknown> {
  const patience = new Promise((resolve) => setTimeout(resolve, 300, 'still waiting').unref())
  return Promise.race([promise.catch((error: unknown) => error), patience])
}
