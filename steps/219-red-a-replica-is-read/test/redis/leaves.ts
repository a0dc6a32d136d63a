import { getRedisClient } from '../../src/index.ts'

// A process that sets a key and leaves in the same tick, by `process.exit` or by an error that nobody catches.

const [url = '', way = ''] = process.argv.slice(2)
const client = await getRedisClient({ url, useFake: false })

void client?.set(`left-by-${way}`, 'x')
if (way === 'exit') process.exit(0)
setImmediate(() => {})
throw new Error('nobody catches this')
