import type { Redis } from 'ioredis'
import { effectOf } from './command-effects.ts'
import { watchCommands } from './watch-commands.ts'

/** A reset may take so long, in milliseconds. */
const MAX_RESET = 1_000

/** What the next borrower of a connection would get. Of one that was not opened by `dial` nothing is known. */
export const sessionState = new WeakMap<Redis, 'clean' | 'watching' | 'changed'>()

/** Records what the commands of a borrower leave behind. */
export function recordSessionState(connection: Redis): void {
  sessionState.set(connection, 'clean')
  watchCommands(connection, ({ name }) => {
    const leaves = effectOf(name)?.leaves
    // While it connects, ioredis itself logs in and selects.
    const isOurs = connection.status === 'connect'
    if (leaves && !isOurs && sessionState.get(connection) !== 'changed') sessionState.set(connection, leaves)
  })
}

/** Takes away what a borrower left behind. Answers whether the next one can have the connection. */
export async function reset(connection: Redis): Promise<boolean> {
  const state = sessionState.get(connection)
  if (state === 'changed') return false
  // Answers come in the order of the commands: with none open, nothing of the borrower's is left.
  if (state === 'clean' && connection.commandQueue.length === 0) return true
  const timer = setTimeout(() => connection.disconnect(), MAX_RESET)
  // A subscriber refuses UNWATCH, and inside a MULTI the answer is QUEUED.
  const answer = await connection.unwatch().catch(() => null)
  clearTimeout(timer)
  if (sessionState.get(connection) === 'watching') sessionState.set(connection, 'clean')
  return answer === 'OK'
}
