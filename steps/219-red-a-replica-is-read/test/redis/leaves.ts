import { once } from 'node:events'
import { Redis } from 'ioredis'
import { getRedisClient } from '../../src/index.ts'

// A process that counts and leaves in the same tick, by `process.exit` or by an error that nobody catches.

const [kind = '', url = '', name = '', way = ''] = process.argv.slice(2)
const raw = kind === 'ioredis' ? new Redis(url) : undefined
if (raw) await once(raw, 'ready')
const client = raw ?? (await getRedisClient({ url, useFake: false }))

void client?.incr(name)
if (way === 'exit') process.exit(0)
setImmediate(() => {})
throw new Error('nobody catches this')
