// Gives the keys of a server the TTL that they have on the clock of a test. Prints when each of them is due.
import { Redis } from 'ioredis'

/**
 * The clock on the wall goes on while that of the test stands still. A key lives so much longer, in milliseconds. TTL
 * answers the nearest second, so less than half a second does not show.
 */
const SLACK = 450

const { url, before, now, due: known } = JSON.parse(process.argv[2])
const client = new Redis(url)
const due = {}
for (const key of await client.keys('*')) {
  const left = await client.pttl(key)
  if (left < 0) continue
  // A little of its first second has gone by on the wall, but none on the clock of the test.
  due[key] = known[key] ?? before + Math.ceil(left / 1000) * 1000
  if (due[key] > now) await client.pexpire(key, due[key] - now + SLACK)
  else await client.del(key)
}
process.stdout.write(JSON.stringify(due))
client.disconnect()
