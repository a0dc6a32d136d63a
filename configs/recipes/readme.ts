import { closeRedisClient, getRedisClient, withConnection } from '../../src/index.ts'

const client = await getRedisClient() // one for all callers; null when Redis cannot be used now
const cached = await client?.get('greeting')

const next = await withConnection((connection) => connection.blpop('queue', 5)) // a connection for yourself
await closeRedisClient() // the process can end

export { cached, next }
