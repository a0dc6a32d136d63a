import { chaptersOf, type Chapter } from './chapters.ts'
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
]

/** The parts of the course, in order; none for a course that knows no parts. */
export function partsOf(course: Course): readonly Part[] {
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
}

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
