import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
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

test('takes the same words for another question where model, system prompt, parameters or tenant differ', async () => {
  const cache = semanticCache()
  const tenant = randomUUID()
  const asked = {
    prompt: 'Tell me a joke',
    tenant,
    model: 'small',
    system: 'Be kind.',
    parameters: { temperature: 0, tools: { first: 'search', second: ['a', 'b'] } },
  }
  const others = [
    { ...asked, tenant: `${tenant}-2` },
    { ...asked, model: 'large' },
    { ...asked, system: 'Be brief.' },
    { ...asked, model: 'smallBe', system: ' kind.' },
    { ...asked, parameters: { ...asked.parameters, temperature: 1 } },
    { ...asked, parameters: { ...asked.parameters, tools: { first: 'search', second: ['b', 'a'] } } },
    { ...asked, parameters: { ...asked.parameters, tools: null } },
    { prompt: asked.prompt, tenant },
  ]
  for (const [index, request] of [asked, ...others].entries()) {
    expect(await cache.wrap(request, async () => `joke ${index}`)).toBe(`joke ${index}`)
  }

  const inAnotherOrder = { tools: { second: ['a', 'b'], first: 'search' }, temperature: 0 }
  expect(await cache.wrap({ ...asked, parameters: inAnotherOrder }, async () => 'new')).toBe('joke 0')
})

test('keeps an answer for its time to live, which a hit does not prolong', async () => {
  for (const [options, seconds] of [
    [{ env: {} }, 3_600],
    [{ env: { CACHE_DEFAULT_TTL: ' ' } }, 3_600],
    [{ env: { CACHE_DEFAULT_TTL: '60' } }, 60],
    [{ env: { CACHE_DEFAULT_TTL: '60' }, ttl: 2 }, 2],
  ] as const) {
    const cache = semanticCache(options)
    const request = { prompt: 'Who is on call?', tenant: randomUUID() }
    expect(await cache.wrap(request, async () => 'Ada')).toBe('Ada')
    vi.advanceTimersByTime((seconds - 1) * 1_000)
    expect(await cache.wrap(request, async () => 'Grace'), `${seconds} s, not over yet`).toBe('Ada')
    vi.advanceTimersByTime(1_000)
    expect(await cache.wrap(request, async () => 'Grace'), `${seconds} s are over`).toBe('Grace')
  }

  const expected = 'Expected CACHE_DEFAULT_TTL to be a whole number of seconds, 1 or more, but'
  for (const ttl of [0, -1, 1.5, Number.NaN]) {
    expect(() => semanticCache({ ttl })).toThrow(new RangeError(`${expected} "${ttl}" came`))
  }
  expect(semanticCache({ ttl: 1 })).toBeDefined()
  expect(() => semanticCache({ env: { CACHE_DEFAULT_TTL: '1 h' } })).toThrow(`${expected} "1 h" came`)
  vi.stubEnv('CACHE_DEFAULT_TTL', '1 d')
  const withProcessEnv = () => {
    try {
      return semanticCache()
    } finally {
      vi.unstubAllEnvs()
    }
  }
  expect(withProcessEnv, 'with nothing handed in').toThrow(`${expected} "1 d" came`)
})

test('lets the model answer when there is no cache: switched off, no Redis, or one that fails or keeps silent', async () => {
  const callsOf = async (options: Parameters<typeof semanticCache>[0], prompt = 'Is it open?') => {
    const cache = semanticCache({ env: {}, ...options })
    const call = vi.fn<() => Promise<string>>(async () => 'Yes')
    const request = { prompt, tenant: randomUUID() }
    expect(await cache.wrap(request, call)).toBe('Yes')
    expect(await cache.wrap(request, call)).toBe('Yes')
    return call.mock.calls.length
  }
  const redis = vi.fn<() => Promise<Redis | null>>(async () => null)
  expect(await callsOf({ redis, env: { CACHE_ENABLED: 'false' } }), 'switched off').toBe(2)
  expect(await callsOf({ redis, enabled: false, env: { CACHE_ENABLED: 'true' } }), 'switched off').toBe(2)
  expect(await callsOf({ redis }, ' \n'), 'no question').toBe(2)
  expect(await callsOf({ redis }, 'x'.repeat(10_001)), 'too long a question').toBe(2)
  expect(redis).not.toHaveBeenCalled()
  expect(await callsOf({ enabled: true, env: { CACHE_ENABLED: 'false' } }, 'x'.repeat(10_000))).toBe(1)
  expect(() => semanticCache({ env: { CACHE_ENABLED: 'off' } })).toThrow(
    new RangeError('Expected CACHE_ENABLED to be true or false, but "off" came'),
  )

  expect(await callsOf({ redis }), 'no Redis').toBe(2)
  const lost = async () => {
    throw new Error('Connection is closed.')
  }
  expect(await callsOf({ redis: lost }), 'no client').toBe(2)
  const closed = new Redis({ lazyConnect: true })
  closed.disconnect()
  expect(await callsOf({ redis: async () => closed }), 'a command fails').toBe(2)

  for (const [options, limit] of [
    [{}, 500],
    [{ timeout: 20 }, 20],
  ] as const) {
    const silent = semanticCache({ ...options, redis: () => new Promise(() => {}) })
    const call = vi.fn<() => Promise<string>>(async () => 'Yes')
    const answer = silent.wrap({ prompt: 'Is it open?' }, call)
    await vi.advanceTimersByTimeAsync(limit - 1)
    expect(call).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(call).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(limit)
    expect(await answer).toBe('Yes')
  }
  const timers = vi.getTimerCount()
  await callsOf({ redis })
  expect(vi.getTimerCount() - timers, 'timers that are left').toBe(0)
})
