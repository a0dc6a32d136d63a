import Fastify from 'fastify'
import { closeRedisClient } from '../../src/index.ts'
import { cached } from './cached.ts'

export const app = Fastify()

app.addHook('onClose', () => closeRedisClient())

app.get<{ Params: { name: string } }>('/greeting/:name', async ({ params: { name } }) =>
  cached(`greeting:${name}`, 60, async () => `Hello, ${name}`),
)
