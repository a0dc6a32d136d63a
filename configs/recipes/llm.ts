import express, { type Request } from 'express'
import { semanticCache, toPrometheus, type Embedder } from '../../src/cache/index.ts'

const SYSTEM = 'You answer the questions of our customers.'

interface Parts {
  /** Calls the model. */
  readonly model: (system: string, prompt: string) => Promise<string>
  readonly embedder: Embedder
  /** Who is logged in: never what the request says of itself. */
  readonly tenantOf: (request: Request) => string
}

export function chat({ model, embedder, tenantOf }: Parts) {
  const cache = semanticCache({ embedder, onError: (error) => console.warn(`cache: ${String(error)}`) })
  const app = express()
  app.use(express.json())

  app.post('/chat', async (request, response) => {
    const prompt = String(request.body?.prompt ?? '')
    const tenant = tenantOf(request)
    const question = { prompt, tenant, system: SYSTEM, model: 'small', tags: [`prices of ${tenant}`] }
    response.send(await cache.wrap(question, () => model(SYSTEM, prompt)))
  })

  app.put('/prices', async (request, response) => {
    const removed = await cache.invalidate({ tag: `prices of ${tenantOf(request)}` })
    response.send(`${removed} answers are out of date`)
  })

  app.get('/metrics', (_request, response) => {
    response.type('text/plain').send(toPrometheus(cache.stats()))
  })
  return app
}
