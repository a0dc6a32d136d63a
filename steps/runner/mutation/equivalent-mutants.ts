/** Why no test can or may tell a mutant from the code -> the names of those that behave as it does. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'Any name is as good as another, as long as every copy of the module uses the same.': [
    "green-one-place-in-the-process src/registry.ts: `const KEY = Symbol.for('redis-client-manager/by-url')` -> `const KEY = Symbol.for('')`",
    "finished src/registry.ts: `const KEY = Symbol.for('redis-client-manager/by-url')` -> `const KEY = Symbol.for('')`",
  ],
  'All it waits for is a connection that is still being opened, and a later cycle, hang-up, wants it not to wait for that.':
    [
      'green-a-manager-for-each src/index.ts: `await Promise.all(removeManagers().map((each) => each.close()))` -> `Promise.all(removeManagers().map((each) => each.close()))`',
    ],
  'A stream counts how often it was corked, and writes when the last cork is out: the same writes, with more corks.':
    ['green-one-envelope src/batch-writes.ts: `if (stream.writableCorked === 0) {` -> `if (true) {`'],
  'What it does a second time changes nothing: what it takes out is gone, what it adds is there.': [
    "finished src/pool.ts: `connection?.once('end', () => this.#forget(connection))` -> `connection?.on('end', () => this.#forget(connection))`",
    "refactor-one-place-for-commands src/pool.ts: `connection.once('select', () => sessionState.set(connection, 'changed'))` -> `connection.on('select', () => sessionState.set(connection, 'changed'))`",
    "finished src/pool.ts: `connection?.once('select', () => sessionState.set(connection, 'changed'))` -> `connection?.on('select', () => sessionState.set(connection, 'changed'))`",
    "finished src/manager.ts: `client.once('end', () => this.#open.delete(client))` -> `client.on('end', () => this.#open.delete(client))`",
  ],
  'The promise is rejected already: what it resolves to afterwards has no effect.': [
    'refactor-fewer-words src/semaphore.ts: `answer(false)` -> `answer(true)`',
  ],
  'Node has two codes with these words, and both end with them.': [
    "green-nothing-brings-it src/manager.ts: `if (`${(error as NodeJS.ErrnoException).code}`.endsWith('MODULE_NOT_FOUND')) throw error` -> `if (`${(error as NodeJS.ErrnoException).code}`.includes('MODULE_NOT_FOUND')) throw error`",
    "finished src/manager.ts: `if (`${(error as NodeJS.ErrnoException).code}`.endsWith('MODULE_NOT_FOUND')) throw error` -> `if (`${(error as NodeJS.ErrnoException).code}`.includes('MODULE_NOT_FOUND')) throw error`",
  ],
  'It is compared with others of the same case, and shown to no one.': [
    "green-by-its-meaning src/url.ts: `return [protocol, ...credentials, hostname.toLowerCase(), port || 6379, Number(pathname.slice(1))].join(' ')` -> `return [protocol, ...credentials, hostname.toUpperCase(), port || 6379, Number(pathname.slice(1))].join(' ')`",
    "finished src/url.ts: `return [protocol, ...credentials, hostname.toLowerCase(), port || 6379, Number(pathname.slice(1))].join(' ')` -> `return [protocol, ...credentials, hostname.toUpperCase(), port || 6379, Number(pathname.slice(1))].join(' ')`",
  ],
  'It looks every 250 ms, so that one millisecond less comes to the same tick.': [
    "finished src/options.ts: `commandTimeout: whole('commandTimeout', options.commandTimeout ?? 5_000, 1),` -> `commandTimeout: whole('commandTimeout', options.commandTimeout ?? 4999, 1),`",
  ],
  'That it asks again soon is tested. A millisecond sooner is as good, and no test may depend on it.': [
    'finished src/connection-options.ts: `maxLoadingRetryTime: 50,` -> `maxLoadingRetryTime: 49,`',
  ],
  'The protocol of a URL has one colon, at its end.': [
    'finished src/url.ts: `return /^rediss?:$/.test(protocol) && /^[\\w.:[\\]-]+$/.test(hostname) && /^(\\/\\d*)?$/.test(rest)` -> `return /^rediss?:/.test(protocol) && /^[\\w.:[\\]-]+$/.test(hostname) && /^(\\/\\d*)?$/.test(rest)`',
  ],
  'With a pattern that has the flag g, replace() replaces all as well.': [
    'finished src/url.ts: `const escaped = quoted.replaceAll(/[^\\x20-\\x7e]/gu, asBytes)` -> `const escaped = quoted.replace(/[^\\x20-\\x7e]/gu, asBytes)`',
    "finished src/hint.ts: `const text = start.replaceAll(/[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]/gu, ' ')` -> `const text = start.replace(/[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]/gu, ' ')`",
    "green-a-key-made-of-the-question src/cache/request.ts: `const plain = (prompt: string) => prompt.toLowerCase().replaceAll(/\\s+/g, ' ').trim().replace(/ ?\\?$/, '')` -> `const plain = (prompt: string) => prompt.toLowerCase().replace(/\\s+/g, ' ').trim().replace(/ ?\\?$/, '')`",
    "finished src/cache/request.ts: `const plain = (prompt: string) => prompt.toLowerCase().replaceAll(/\\s+/g, ' ').trim().replace(/ ?\\?$/, '')` -> `const plain = (prompt: string) => prompt.toLowerCase().replace(/\\s+/g, ' ').trim().replace(/ ?\\?$/, '')`",
    "green-a-guard-of-words src/cache/guard.ts: `const plain = prompt.toLowerCase().replaceAll(/['’]s/g, '')` -> `const plain = prompt.toLowerCase().replace(/['’]s/g, '')`",
    "finished src/cache/guard.ts: `const plain = prompt.toLowerCase().replaceAll(/['’]s/g, '')` -> `const plain = prompt.toLowerCase().replace(/['’]s/g, '')`",
  ],
  'A connection answers in order: what is asked next is answered after it.': [
    'green-a-key-made-of-the-question src/cache/semantic-cache.ts: `await client?.set(key, answer)` -> `client?.set(key, answer)`',
    "green-settings-that-are-checked src/cache/semantic-cache.ts: `await client?.set(key, answer, 'EX', this.#settings.ttl)` -> `client?.set(key, answer, 'EX', this.#settings.ttl)`",
  ],
  'No caller hears these words yet: onError, which does, comes with a later cycle.': [
    'green-a-miss-in-time src/cache/in-time.ts: `timer = setTimeout(() => reject(new Error(`no answer within ${limit} ms`)), limit)` -> `timer = setTimeout(() => reject(new Error(``)), limit)`',
  ],
  'Nothing public compares without room for rounding yet: FlatIndex is exported by the next cycle.': [
    'green-compare-with-each src/cache/flat-index.ts: `.filter(({ similarity }) => similarity >= least)` -> `.filter(({ similarity }) => similarity > least)`',
  ],
  'An id is two digests. That the second of them holds the first is as good as impossible.': [
    'green-suggestions-in-turn src/cache/semantic-cache.ts: `return near.filter(({ id }) => id.startsWith(scope))` -> `return near.filter(({ id }) => id.includes(scope))`',
    'green-count-where-it-ends src/cache/semantic-cache.ts: `const own = near.filter(({ id }) => id.startsWith(scope))` -> `const own = near.filter(({ id }) => id.includes(scope))`',
    'finished src/cache/semantic-cache.ts: `const own = near.filter(({ id }) => id.startsWith(scope))` -> `const own = near.filter(({ id }) => id.includes(scope))`',
  ],
  'A stream closes once.': [
    "green-count-the-ticks src/deadline.ts: `client.stream.once('close', stop)` -> `client.stream.on('close', stop)`",
    "finished src/deadline.ts: `client.stream.once('close', stop)` -> `client.stream.on('close', stop)`",
    "green-one-exit-listener src/batch-writes.ts: `stream.once('close', () => {` -> `stream.on('close', () => {`",
    "finished src/batch-writes.ts: `stream.once('close', () => {` -> `stream.on('close', () => {`",
  ],
  'A process exits once.': [
    "green-one-exit-listener src/batch-writes.ts: `if (streams.size === 0) process.on('exit', handOver)` -> `if (streams.size === 0) process.once('exit', handOver)`",
    "finished src/batch-writes.ts: `if (streams.size === 0) process.on('exit', handOver)` -> `if (streams.size === 0) process.once('exit', handOver)`",
  ],
  'The least has more room than rounding takes, so that no similarity that is meant lies on its very edge.': [
    'green-count-where-it-ends src/cache/semantic-cache.ts: `return own.filter(({ similarity }) => similarity >= least)` -> `return own.filter(({ similarity }) => similarity > least)`',
    'finished src/cache/semantic-cache.ts: `return own.filter(({ similarity }) => similarity >= least)` -> `return own.filter(({ similarity }) => similarity > least)`',
  ],
  'Bytes are written as they are under every encoding that Node does not know.': [
    'green-joined',
    'finished',
  ].map(
    (place) =>
      `${place} src/batch-writes.ts: \`_write.call(stream, bytes, 'buffer' as BufferEncoding, done)\` -> \`_write.call(stream, bytes, '' as BufferEncoding, done)\``,
  ),
}

/** Mutants that behave as the code does, by name, and why. */
export const equivalents: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([why, names]) => names.map((name) => [name, why])),
)
