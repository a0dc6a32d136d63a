import { chaptersOf, type Chapter } from './chapters.ts'
import { onceEach } from '../system/once-each.ts'
import type { Course } from './read-course.ts'

/** A few chapters that are whole in themselves. */
export interface Part {
  /** From 1. */
  readonly number: number
  readonly title: string
  readonly chapters: readonly Chapter[]
  /** How long doing it takes, about; reading along takes much less. */
  readonly minutes: number
}

interface Begin {
  readonly title: string
  /** The chapter it begins with; it reaches to the next part. */
  readonly from: string
  /** How long writing a step's test or code and understanding the lesson takes, about. */
  readonly minutesAStep: number
}

const begins: readonly Begin[] = [
  { title: 'the seven behaviours', from: 'connection', minutesAStep: 5 },
  { title: 'production', from: 'pool-hygiene', minutesAStep: 7 },
  { title: 'the semantic cache', from: 'exact-answers', minutesAStep: 8 },
]

/** What a learner meets in each chapter, for the map and for its end. */
const meets: Readonly<Record<string, string>> = {
  connection: 'the first test designs the API',
  'set-get': 'a constant cannot remember; edges are behaviour',
  ttl: 'a fake clock',
  hash: 'ioredis-mock replaces the fake we wrote, and no test changes',
  'connection-pooling': 'one client for all; a fair, bounded pool; what comes back is reset or replaced',
  'url-from-env': 'seams, sockets on loopback, errors that help, secrets that stay secret',
  'error-handling': 'null, hints, a circuit breaker, deadlines, healing, at most once',
  'pool-hygiene': 'acquire timeout, AbortSignal, idle timeout, hot reload, a reset that hangs',
  breaker: 'parallel failures; causes that are not retryable',
  'lost-connections': 'one log line, no offline queue, heartbeat, failover',
  closing: 'closing while connections open, while callers wait, on a frozen server',
  'a-real-redis': 'the same tests on a real Redis; what it teaches, as tests that need none',
  optimising: 'write coalescing, fewer round trips, measured',
  'shared-client': 'commands that the shared connection refuses, databases, reconnecting',
  draining: 'closing answers commands under way, within a limit',
  'secrets-in-the-open': 'no secret in bad urls, server messages, errors and properties',
  borrowing: 'many borrowers that wait with one signal, a server that freezes under them',
  deploying: 'a copy of src/ in a service: no fake in the bundle, a package that is missing',
  'in-production': 'options for ioredis, a busy process, refusals, exit, a replica, one client for a url',
  limits: 'limits of the pool as options, checked; a long borrow and a full pool in the log',
  'exact-answers': 'what belongs into a key; time to live; a cache that may be away; taking answers out',
  'similar-questions': 'embeddings and a threshold; an index that only suggests; look-alikes',
  'cache-in-service': 'single flight, statistics that add up, a search that stops when it may',
}

/** What a learner meets in a chapter; null for one that the map does not have. */
export const metIn = ({ slug }: Chapter): string | null => meets[slug] ?? null

/** The parts of the course, in order; none for a course that knows no parts. */
export const partsOf = onceEach((course: Course): readonly Part[] => {
  const chapters = chaptersOf(course)
  const found = begins.flatMap((begin) => {
    const first = chapters.findIndex(({ slug }) => slug === begin.from)
    return first === -1 ? [] : [{ ...begin, first }]
  })
  return found.map(({ title, first, minutesAStep }, index) => {
    const own = chapters.slice(first, found[index + 1]?.first)
    const steps = own.reduce((sum, chapter) => sum + chapter.steps.length, 0)
    return { number: index + 1, title, chapters: own, minutes: steps * minutesAStep }
  })
})

/** How long doing a chapter takes, about; null in a course that knows no parts. */
export function minutesFor(course: Course, { slug, steps }: Chapter): number | null {
  const part = partOf(course, slug)
  const all = part?.chapters.reduce((sum, chapter) => sum + chapter.steps.length, 0) ?? 0
  return part && (part.minutes * steps.length) / all
}

/** The part that a chapter belongs to, or null. */
export const partOf = (course: Course, chapter: string): Part | null =>
  partsOf(course).find(({ chapters }) => chapters.some(({ slug }) => slug === chapter)) ?? null

/** In words, rounded as far as such a figure goes: "about 40 minutes", "about 2½ hours". */
export function about(minutes: number): string {
  if (minutes < 90) return `about ${Math.max(5, Math.round(minutes / 5) * 5)} minutes`
  const halves = Math.round(minutes / 30)
  return `about ${Math.floor(halves / 2)}${halves % 2 === 1 ? '½' : ''} hours`
}
