import express from 'express'
import { closeRedisClient } from '../../src/index.ts'
import { cached } from './cached.ts'

export const app = express()

app.get('/greeting/:name', async (request, response) => {
  const { name } = request.params
  response.send(await cached(`greeting:${name}`, 60, async () => `Hello, ${name}`))
})

export function serve(port: number) {
  const server = app.listen(port)
  process.once('SIGTERM', () => server.close(() => void closeRedisClient()))
  return server
}
