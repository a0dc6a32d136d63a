import { withConnection, type BorrowOptions } from '../../src/index.ts'

/** Waits for a job for 5 seconds. Null means that there is no Redis now, and `{ job: null }` that no job came. */
export const nextJob = (options?: BorrowOptions) =>
  withConnection(async (connection) => ({ job: await connection.blpop('jobs', 5) }), options)
