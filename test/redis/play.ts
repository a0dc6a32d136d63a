import type { Fault } from './faults.ts'
import type { Answer } from './service.ts'
import { Service } from './services.ts'

/** How long we watch what ioredis does by itself, in milliseconds. */
export const PATIENCE = 3_000

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

const ask = (service: Service, { asks }: Fault): Promise<Answer> => service.does(asks ?? 'count')

const wait = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined))

/** What the promise comes to within our patience; undefined when we are still waiting. */
const patiently = <Result>(promise: Promise<Result>) => Promise.race([promise, wait(PATIENCE)])

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
      const three = [ours, leaver, ioredis]
      await Promise.all(three.map((each) => each.does(fault.asks === 'lent' ? 'lent' : 'count')))
      await scene.strike()
      if (fault.loses) await Promise.all([ours, leaver].map((each) => each.does('lose')))
    }
    const [during, ending, theirs] = await Promise.all([
      duringTrouble(ours, fault),
      ask(leaver, fault).then(() => leaver.close()),
      patiently(ask(ioredis, fault)),
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
        said: theirs && theirs.said,
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
    asked: (fault.asks === 'pipeline' ? 4 : 1) + (afterwards ? 1 : 0) + (borrowed ? 1 : 0),
    evidence: await service.does('evidence'),
  }
}

/** Asks, as a service goes on to, until a command is answered; some seconds at most. */
async function heals(service: Service): Promise<{ healed: boolean; asked: number }> {
  await service.does('later', 31_000)
  for (let asked = 1; asked <= 100; asked += 1) {
    const { said } = await service.does('count')
    if (/^\d+$/.test(said ?? '')) return { healed: true, asked }
    await wait(100)
  }
  return { healed: false, asked: 100 }
}
