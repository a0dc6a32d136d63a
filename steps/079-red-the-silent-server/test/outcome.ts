// Taken before any test fakes it: this is the clock on the wall.
const { setTimeout } = globalThis

const WAITS = 10

/**
 * What a promise comes to, be it a value or an error; 'still waiting' when it comes to nothing in ten waits of 30 ms.
 * That is a bound and no pause: a promise that comes to something is answered at once. Ten waits and not a long one: on
 * a busy machine a single timer may run out before what arrived meanwhile has been read.
 */
export async function outcome(promise: Promise<unknown>): Promise<unknown> {
  let waits = 0
  const answer = promise
    .catch((error: unknown) => error)
    .finally(() => {
      waits = WAITS
    })
  const stillWaiting = new Promise((resolve) => {
    const wait = () => {
      if (waits === WAITS) return resolve('still waiting')
      waits += 1
      setTimeout(wait, 30).unref()
    }
    wait()
  })
  return Promise.race([answer, stillWaiting])
}
