import type { Fault } from './faults.ts'
import type { Answer } from './service.ts'
import { PATIENCE, Service } from './services.ts'

/** What a service saw of a fault. */
export interface Report {
  readonly first: Answer
  /** What it got once it had given the connection up; only of faults that drop it. */
  readonly afterwards: Answer | undefined
  /** How many of a thousand callers at once got null during the trouble. */
  readonly nulls: number
  /** How often it dialled in the first seconds. */
  readonly dials: number
  /** Whether INCR answered again when the trouble was over. */
  readonly healed: boolean
  /** How often it asked the server to count, and how often the server did. */
  readonly asked: number
  readonly counted: number
  /** All that it printed. */
  readonly printed: string
  /** All that could be found in what it held. */
  readonly evidence: string
  /** What it ended with. */
  readonly exitCode: number | null
}

export interface Played {
  readonly ours: Report
  /** A service that closed its client during the trouble: how long it took to end, in milliseconds. */
  readonly ending: number
  readonly ioredis: {
    readonly said: string | null | undefined
    readonly dials: number
    readonly printed: string
    readonly countedTwice: boolean
  }
}

/** How often a way of asking counts; those that are not here do once. */
const COUNTS: Partial<Record<NonNullable<Fault['asks']>, number>> = { pipeline: 4, pile: 100_000, look: 2 }

function ask(service: Service, { asks, busy }: Fault): Promise<Answer> {
  return busy === undefined ? service.does(asks ?? 'count') : service.does('busy', busy)
}

const wait = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined))

/** Has three services go through a fault at the same time: two of ours, one of them leaving early, and raw ioredis. */
export async function play(fault: Fault): Promise<Played> {
  const scene = await fault.begin()
  const started: Service[] = []
  try {
    const [ours, leaver, ioredis] = await Promise.all([
      start('ours', 'ours'),
      start('ours', 'leaver'),
      start('ioredis', 'ioredis'),
    ])
    if (scene.strike) {
      await Promise.all(started.map((each) => each.does(fault.asks === 'lent' ? 'lent' : 'count')))
      await scene.strike(started)
      if (fault.loses) await Promise.all([ours, leaver].map((each) => each.does('lose')))
    }
    const [during, ending, theirs] = await Promise.all([
      duringTrouble(ours, fault),
      ask(leaver, fault).then(() => leaver.close()),
      ask(ioredis, fault),
      scene.interrupt?.(started.length),
    ])
    const theirDials = await ioredis.does('dials')
    const theyPrinted = ioredis.printed
    await scene.fix(ours)
    const healed = await heals(ours)
    const asked = (scene.strike ? 1 : 0) + during.asked + healed.asked
    const evidence = during.evidence + (await ours.does('evidence'))
    const counted = await scene.counted('ours')
    const countedTheirs = await scene.counted('ioredis')
    await ours.close()
    return {
      ours: {
        ...during,
        evidence,
        asked,
        counted,
        healed: healed.healed,
        printed: ours.printed,
        exitCode: await ours.ended,
      },
      ending,
      ioredis: {
        said: theirs.said,
        dials: theirDials,
        printed: theyPrinted,
        countedTwice: !fault.asks && countedTheirs > (scene.strike ? 2 : 1),
      },
    }
  } finally {
    for (const each of started) each.kill()
    await scene.end()
  }

  async function start(kind: 'ours' | 'ioredis', name: string): Promise<Service> {
    const service = await Service.start(kind, name, scene.url, scene.env)
    started.push(service)
    return service
  }
}

async function duringTrouble(service: Service, fault: Fault) {
  const watched = wait(PATIENCE)
  const first = await ask(service, fault)
  if (fault.drops) await service.does('lose')
  const afterwards = fault.drops ? await service.does('count') : undefined
  const nulls = await service.does('burst')
  const borrowed = await service.does('borrow')
  await watched
  return {
    first,
    afterwards,
    nulls,
    dials: await service.does('dials'),
    asked: ((fault.asks && COUNTS[fault.asks]) ?? 1) + (afterwards ? 1 : 0) + (borrowed ? 1 : 0),
    evidence: await service.does('evidence'),
  }
}

/** Asks, as a service goes on to, until a command is answered; some seconds at most. */
async function heals(service: Service): Promise<{ healed: boolean; asked: number }> {
  for (let asked = 1; asked <= 100; asked += 1) {
    await service.does('later', 31_000)
    const { said } = await service.does('count')
    if (/^\d+$/.test(said ?? '')) return { healed: true, asked }
    await wait(100)
  }
  return { healed: false, asked: 100 }
}
