import { createRequire } from 'node:module'
import RedisMock from 'ioredis-mock'

/** The names of all commands that Redis has. Nothing in the fake looks at it but its constructor. */
const { list } = createRequire(import.meta.url)('ioredis-mock/data/command-list.json') as { list: string[] }

/**
 * Lets all instances of the fake share the functions that only say `Unsupported command`. By default each gets hundreds
 * of its own, one for each command that Redis has and the fake has not, which is most of what it takes to make one;
 * and a proof makes some 12,000. To go through the names only to find that they are there takes a quarter of what is
 * left: so after that the list is empty.
 */
export function lightenFake(): void {
  if (list.length === 0) return
  // Unlike the commands that it has, these cannot be enumerated. Where there is one already, the fake adds none.
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(new RedisMock()))) {
    if (property.enumerable || typeof property.value !== 'function') continue
    Object.defineProperty(RedisMock.prototype, name, property)
  }
  list.length = 0
}
