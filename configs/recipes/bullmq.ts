import { Queue, Worker, type ConnectionOptions } from 'bullmq'

const connection = {
  url: process.env['REDIS_URL'] || 'redis://localhost:6379/0',
  maxRetriesPerRequest: null, // a worker waits as long as it takes
} satisfies ConnectionOptions

export const greetings = new Queue<{ name: string }>('greetings', { connection })

export const greeter = () =>
  new Worker<{ name: string }>('greetings', async ({ data }) => `Hello, ${data.name}`, { connection })
