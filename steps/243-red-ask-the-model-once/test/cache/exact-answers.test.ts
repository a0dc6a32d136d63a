import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { semanticCache } from '../../src/cache/index.ts'
import { closeRedisClient } from '../../src/index.ts'

// Time stands still: on a busy machine, too, nothing takes longer than it may.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
})

afterEach(async () => {
  vi.useRealTimers()
  await closeRedisClient()
})

test('answers the same question without a second call of the model, in another process too', async () => {
  const model = vi.fn<() => Promise<string>>(async () => 'Paris')
  const land = randomUUID()
  await semanticCache().wrap({ prompt: `What is the capital of ${land}?` }, model)

  const restarted = semanticCache()
  for (const prompt of [`what is  the  capital of ${land}`, `\tWHAT IS THE CAPITAL OF\n${land} ?\n`]) {
    expect(await restarted.wrap({ prompt }, model), prompt).toBe('Paris')
  }
  expect(model).toHaveBeenCalledTimes(1)

  const others = [
    `What? Is the capital of ${land}`,
    `Whatis the capital of ${land}`,
    `${land}: Masse`,
    `${land}: Maße`,
  ]
  for (const prompt of others) await restarted.wrap({ prompt }, model)
  expect(model, 'for other questions').toHaveBeenCalledTimes(1 + others.length)
})
