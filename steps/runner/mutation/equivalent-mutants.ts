const corksTwice =
  'A stream counts how often it was corked, and writes when the last cork is out: the same writes, with more corks.'
const anyName = 'Any name is as good as another, as long as every copy of the module uses the same.'
const idempotent =
  'What it does a second time changes nothing: what it takes out is gone, what it adds is there.'
const ticks = 'It looks every 250 ms, so that one millisecond less comes to the same tick.'
const counted = 'With no command yet there is nothing to count, and the first one begins with a tick.'
const loading =
  'That it asks again soon is tested. A millisecond sooner is as good, and no test may depend on it.'
const colon = 'The protocol of a URL has one colon, at its end.'
const schemes = 'With their :// no scheme of the list is how another one begins: at most one fits.'
const globally = 'With a pattern that has the flag g, replace() replaces all as well.'

/** Mutants that behave as the code does, by name, and why no test can or may tell them apart. */
export const equivalents: ReadonlyMap<string, string> = new Map([
  [
    "green-one-place-in-the-process src/registry.ts: `const KEY = Symbol.for('redis-client-manager/by-url')` -> `const KEY = Symbol.for('')`",
    anyName,
  ],
  [
    "finished src/registry.ts: `const KEY = Symbol.for('redis-client-manager/by-url')` -> `const KEY = Symbol.for('')`",
    anyName,
  ],
  [
    'green-a-manager-for-each src/index.ts: `await Promise.all(removeManagers().map((each) => each.close()))` -> `Promise.all(removeManagers().map((each) => each.close()))`',
    'All it waits for is a connection that is still being opened, and a later cycle, hang-up, wants it not to wait for that.',
  ],
  [
    'green-one-envelope src/batch-writes.ts: `if (stream.writableCorked === 0) {` -> `if (true) {`',
    corksTwice,
  ],
  ['finished src/batch-writes.ts: `if (stream.writableCorked === 0) {` -> `if (true) {`', corksTwice],
  [
    "finished src/pool.ts: `connection.once('end', () => this.#forget(connection))` -> `connection.on('end', () => this.#forget(connection))`",
    idempotent,
  ],
  [
    "finished src/pool.ts: `connection.once('select', () => this.#otherDatabase.add(connection))` -> `connection.on('select', () => this.#otherDatabase.add(connection))`",
    idempotent,
  ],
  [
    "finished src/manager.ts: `copy.once('end', () => this.#copies.delete(copy))` -> `copy.on('end', () => this.#copies.delete(copy))`",
    idempotent,
  ],
  [
    "finished src/deadline.ts: `connection.once('close', () => clearInterval(timer))` -> `connection.on('close', () => clearInterval(timer))`",
    idempotent,
  ],
  ['finished src/deadline.ts: `let waited = 0` -> `let waited = 1`', counted],
  ['finished src/deadline.ts: `const LIMIT = 5_000` -> `const LIMIT = 4999`', ticks],
  ['finished src/deadline.ts: `const GRACE = 1_000` -> `const GRACE = 999`', ticks],
  ['finished src/connection-options.ts: `maxLoadingRetryTime: 50,` -> `maxLoadingRetryTime: 49,`', loading],
  [
    'finished src/url.ts: `return /^rediss?:$/.test(protocol) && /^[\\w.:[\\]-]+$/.test(hostname) && /^(\\/\\d*)?$/.test(rest)` -> `return /^rediss?:/.test(protocol) && /^[\\w.:[\\]-]+$/.test(hostname) && /^(\\/\\d*)?$/.test(rest)`',
    colon,
  ],
  [
    "finished src/url.ts: `const scheme = SCHEMES.find((known) => url.startsWith(known)) ?? ''` -> `const scheme = SCHEMES.findLast((known) => url.startsWith(known)) ?? ''`",
    schemes,
  ],
  [
    'finished src/url.ts: `const escaped = quoted.replaceAll(/[^\\x20-\\x7e]/gu, asBytes)` -> `const escaped = quoted.replace(/[^\\x20-\\x7e]/gu, asBytes)`',
    globally,
  ],
  [
    "finished src/one-line.ts: `return text.slice(0, LONGEST).replaceAll(/[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]/gu, ' ')` -> `return text.slice(0, LONGEST).replace(/[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]/gu, ' ')`",
    globally,
  ],
])
