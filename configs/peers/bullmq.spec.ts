import { once } from 'node:events'
import { Queue, Worker } from 'bullmq'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient } from '../../src/index.ts'
import { RealServer } from '../../test/redis/server.ts'

let redis: RealServer
const open: { close(): Promise<void> }[] = []

beforeEach(async () => {
  redis = await RealServer.start()
})

afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
  await closeRedisClient()
  await redis.stop()
})

const ours = async () => (await getRedisClient({ url: redis.url, useFake: false }))!

test('a Queue takes the shared client; a Worker makes connections of its own', async () => {
  const queue = new Queue('mail', { connection: await ours() })
  const done: unknown[] = []
  // What BullMQ asks of a connection that waits: no limit on how often or how long.
  const connection = { url: redis.url, maxRetriesPerRequest: null }
  const worker = new Worker('mail', async (job) => void done.push(job.data), { connection })
  open.push(worker, queue)

  const completed = once(worker, 'completed')
  await queue.add('welcome', { to: 'ada' })
  await completed

  expect(done).toEqual([{ to: 'ada' }])
  expect(await queue.getJobCounts('completed')).toEqual({ completed: 1 })

  queue.on('error', () => {})
  worker.on('error', () => {})
  await redis.kill()
  await expect(queue.add('welcome', { to: 'nobody' }), 'while Redis is away').rejects.toThrow(/./)

  await redis.run()
  const added = () => queue.add('welcome', { to: 'grace' })
  await vi.waitFor(added, { timeout: 10_000, interval: 100 })
  await vi.waitFor(() => expect(done).toEqual([{ to: 'ada' }, { to: 'grace' }]), { timeout: 10_000 })
})

test('a Worker that is given the shared client waits in a copy of it', async () => {
  const client = await ours()
  const queue = new Queue('mail', { connection: client })
  const worker = new Worker('mail', async () => 'sent', { connection: client })
  open.push(queue, worker)
  const completed = once(worker, 'completed')

  await queue.add('welcome', {})

  expect((await completed)[1]).toBe('sent')
})
