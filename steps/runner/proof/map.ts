import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { about, metIn, minutesFor, partsOf } from '../course/parts.ts'
import type { Chapter } from '../course/chapters.ts'
import type { Course } from '../course/read-course.ts'
import { problemAt } from '../course/problem.ts'
import type { StaleFile } from './stale-file.ts'

const begin = '<!-- map: npm run step docs writes it -->\n'
const end = '<!-- end of the map -->\n'

/** The parts and chapters of the course as tables: steps, time, and what a learner meets. */
export function mapOf(course: Course): string {
  return partsOf(course)
    .map(({ number, title, chapters, minutes }) => {
      const head = `| part ${number}: ${title}, ${about(minutes)} | steps | time | what you meet |\n| --- | --- | --- | --- |`
      return `\n${head}\n${chapters.map((chapter) => rowOf(course, chapter)).join('\n')}\n`
    })
    .join('')
}

function rowOf(course: Course, chapter: Chapter): string {
  const { number, title, steps } = chapter
  const time = about(minutesFor(course, chapter) ?? 0)
    .replace('about ', '')
    .replace('minutes', 'min')
    .replace('hours', 'h')
  const range = `${steps[0]?.number}–${steps.at(-1)?.number}`
  return `| ${number} ${title} | ${range} | ${time} | ${metIn(chapter) ?? ''} |`
}

/** The README when its map is not the course's. */
export function staleMap(course: Course): readonly StaleFile[] {
  const path = 'README.md'
  if (!existsSync(join(course.root, path))) return []
  const text = readFileSync(join(course.root, path), 'utf8')
  const [before, rest] = text.split(begin, 2)
  const [, after] = rest?.split(end, 2) ?? []
  if (after === undefined) return []
  const unknown = partsOf(course)
    .flatMap(({ chapters }) => chapters)
    .filter((chapter) => metIn(chapter) === null)
  if (unknown.length > 0) {
    const what = `the map does not know what a learner meets in: ${unknown.map(({ title }) => title).join(', ')}`
    const problems = [problemAt(path, what, 'say it in steps/runner/course/parts.ts')]
    return [{ path, text: null, problems, byHand: problems }]
  }
  const now = `${before}${begin}${mapOf(course)}\n${end}${after}`
  const what = "its map does not show the course's parts and chapters as they are"
  const problems = [problemAt(path, what, 'npm run step docs writes it anew')]
  return now === text ? [] : [{ path, text: now, problems, byHand: [] }]
}
