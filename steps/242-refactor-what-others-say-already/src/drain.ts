import type { Redis } from 'ioredis'

/** Ends a connection when what is under way on it has been answered, or when `limit` milliseconds are over. */
export async function drain(connection: Redis, limit: number): Promise<void> {
  // The fake has no queue: it answers at once.
  if (limit > 0 && connection.commandQueue?.length > 0) {
    // Answers come in the order of the commands, and after QUIT a server reads nothing more.
    const answered = connection.quit().catch(() => {})
    let timer: NodeJS.Timeout | undefined
    const late = new Promise((resolve) => (timer = setTimeout(resolve, limit)))
    await Promise.race([answered, late])
    clearTimeout(timer)
  }
  connection.disconnect()
}
