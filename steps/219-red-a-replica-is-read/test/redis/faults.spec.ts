import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, test } from 'vitest'
import { getRedisClient } from '../../src/index.ts'
import { everythingAbout } from './evidence.ts'
import { FAULTS, MARK, type Fault } from './faults.ts'
import { play, type Played } from './play.ts'
import { PATIENCE } from './services.ts'

const DOCUMENT = fileURLToPath(new URL('../../docs/faults.md', import.meta.url))

const played = new Map<Fault, Promise<Played>>()

/** Each fault is gone through once, whichever test asks first. */
function playOnce(fault: Fault): Promise<Played> {
  const playing = played.get(fault) ?? play(fault)
  played.set(fault, playing)
  return playing
}

const named = FAULTS.map((fault) => [fault.name, fault] as const)

describe.concurrent('a service gets null or a working client, and goes on', () => {
  test.for(named)('%s', async ([, fault], { expect }) => {
    const { ours, ending } = await playOnce(fault)
    const { said, took } = ours.first

    if (fault.gets === null) expect.soft(said, 'what it gets').toBeNull()
    else expect.soft(said, 'what it gets').toMatch(fault.gets)
    // Time and a half: the machine has more to do than this.
    expect.soft(took, 'milliseconds until it gets it').toBeLessThan(1_500 + fault.within * 1.5)
    if (fault.drops) expect.soft(ours.afterwards?.said, 'what it gets after that').toBeNull()
    if (fault.gets === null) expect.soft(ours.nulls, 'nulls for a thousand callers').toBe(1_000)
    expect.soft(ours.dials, 'connections tried').toBeLessThanOrEqual(mayDial(fault))
    if (fault.log) expect.soft(ours.printed, 'the log').toMatch(fault.log)
    expect.soft(unexpected(ours.printed), 'what else was printed').toEqual([])
    expect.soft(ours.healed, 'it works again when the trouble is over').toBe(true)
    expect.soft(ours.counted, 'commands that were applied').toBeLessThanOrEqual(ours.asked)
    expect.soft(ours.exitCode, 'exit code').toBe(0)
    expect.soft(ending, 'milliseconds to end after closing in the middle of it').toBeLessThan(1_000)
  })
})

describe('a service shows its password and its user name nowhere', () => {
  test.for(named)('%s', async ([, fault], { expect }) => {
    const { ours } = await playOnce(fault)
    const lines = `${ours.printed}\n${ours.evidence}`.split('\n')

    expect([...new Set(lines.filter((line) => line.includes(MARK)))]).toEqual([])
  })

  test('a url that is refused', async ({ expect }) => {
    const encoded = encodeURIComponent(`${MARK}@home!`)
    const refused = [
      `redis://:${encoded}@127.0.0.1:99999`,
      `redis://${encoded}:x@127.0.0.1/zero`,
      `redis://127.0.0.1/0?password=${encoded}`,
      `redis://:${MARK}/home@127.0.0.1`,
    ]
    for (const url of refused) {
      const error = await getRedisClient({ url }).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(TypeError)
      expect(everythingAbout(error)).not.toContain(MARK)
    }
  })
})

test('docs/faults.md shows what happened', async ({ expect }) => {
  const document = readFileSync(DOCUMENT, 'utf8')
  const shown = document.replace(/(?<=<!-- faults -->\n).*(?=<!-- end of faults -->)/s, () => '')
  const now = shown.replace('<!-- faults -->\n', `<!-- faults -->\n${await table()}`)

  await expect(now, 'npm run docs:faults writes it anew').toMatchFileSnapshot(DOCUMENT)
})

afterAll(async () => {
  const endings = await Promise.all([...played.values()].map(async (each) => (await each).ending))
  process.stdout.write(
    `\n${await table()}\nLongest way to the end after closing: ${Math.max(...endings)} ms\n`,
  )
})

function mayDial({ dials, loses, drops, gets }: Fault): number {
  return dials ?? (loses || drops || gets !== null ? 8 : 1)
}

/** What is no line of ours. */
function unexpected(printed: string): readonly string[] {
  const known = /^$|^Redis (cannot be used at|lost the connection to|at \S+ refuses) |^ended after/
  return printed.split('\n').filter((line) => !known.test(line))
}

async function table(): Promise<string> {
  const rows = await Promise.all(FAULTS.map(async (fault) => row(fault, await playOnce(fault))))
  const head = ['case', 'ioredis as it comes', 'this client', 'within', 'the log says', 'when it is over']
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

function row(fault: Fault, { ours, ioredis }: Played): readonly string[] {
  const theirs = [
    fault.unsteady ? 'an error, or no answer' : outcome(ioredis.said),
    ioredis.countedTwice && 'applied twice',
    ioredis.dials > 5 && 'dials on and on',
    ioredis.printed.includes('Unhandled error event') && 'prints unhandled errors',
  ]
  return [
    fault.name,
    theirs.filter(Boolean).join('; '),
    outcome(ours.first.said) + (ours.afterwards?.said === null ? ', then `null`' : ''),
    fault.within === 0 ? 'at once' : `${fault.within / 1000} s`,
    fault.log?.exec(ours.printed)?.[0].replace(/ to redis:\S+/, ' to …') ?? '',
    ours.healed ? 'works' : '**does not work**',
  ]
}

function outcome(said: string | null | undefined): string {
  if (said === undefined) return `no answer in ${PATIENCE / 1000} s`
  if (said === null) return '`null`'
  if (/^\d/.test(said)) return `answers ${said}`
  // Such as OOM; else the message up to what differs.
  return `error: ${/^[A-Z]{3,}(?= )/.exec(said)?.[0] ?? said.replace(/ \(.*/, '')}`
}
