import { Redis } from 'ioredis'
import type { TestProject } from 'vitest/node'
import { canStart, HOW_TO_GET_ONE, RealServer } from './server.ts'

/**
 * Runs once, before the tests: has a real server for those that bring none of their own. It is the one at REDIS_URL
 * or, without that, one that we start and stop.
 */
export default async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const given = process.env['REDIS_URL']
  if (!given && !canStart()) stop(HOW_TO_GET_ONE)
  if (given) {
    const { url, leave } = await emptyDatabaseAt(given)
    project.provide('redisUrl', url)
    return leave
  }
  const server = await RealServer.start()
  project.provide('redisUrl', server.url)
  return () => server.stop()
}

/** Ends the run with one line. Tests that were skipped look like tests that passed. */
function stop(why: string): never {
  process.stderr.write(`${why}\n`)
  process.exit(1)
}

/** A server that is not ours may hold what others need: we use a database in which nothing is, and leave it so. */
async function emptyDatabaseAt(given: string): Promise<{ url: string; leave: () => Promise<void> }> {
  if (!URL.canParse(given)) stop('REDIS_URL is not a url; expected redis://[[user]:password@]host[:port]')
  const client = new Redis(given, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 })
  let cause: unknown
  client.on('error', (error) => (cause = error))
  try {
    await client.connect()
    for (let database = 0; database < 16; database += 1) {
      await client.select(database)
      if ((await client.dbsize()) > 0) continue
      const url = new URL(given)
      url.pathname = `/${database}`
      return { url: url.href, leave: () => clean(client) }
    }
    cause = new Error('each of its databases 0 to 15 holds data, and these tests need one that is empty')
  } catch (error) {
    cause ??= error
  }
  client.disconnect()
  return stop(`The Redis at REDIS_URL cannot be used: ${String(cause)}.`)
}

/** Takes away key by key what came while the tests ran. */
async function clean(client: Redis): Promise<void> {
  for await (const keys of client.scanStream()) if (keys.length > 0) await client.unlink(keys)
  await client.quit()
}

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string
  }
}
