const corksTwice =
  'A stream counts how often it was corked, and writes when the last cork is out: the same writes, with more corks.'
const anyName = 'Any name is as good as another, as long as every copy of the module uses the same.'

/** Mutants that behave as the code does, by name, and why no test can or may tell them apart. */
export const equivalents: ReadonlyMap<string, string> = new Map([
  [
    "green-one-place-in-the-process src/registry.ts: `const KEY = Symbol.for('redis-client-manager')` -> `const KEY = Symbol.for('')`",
    anyName,
  ],
  [
    "green-a-manager-for-each src/registry.ts: `const KEY = Symbol.for('redis-client-manager/by-url')` -> `const KEY = Symbol.for('')`",
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
])
