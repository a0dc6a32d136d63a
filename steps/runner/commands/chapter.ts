import { chaptersOf } from '../course/chapters.ts'
import type { Command } from './command.ts'
import { Refusal } from '../system/refusal.ts'
import { walkTo } from '../workspace/walk-to.ts'

/** `npm run step chapter 5`: the course's own first step of chapter 5. */
export const chapter: Command = ({ course, words: [typed] }) => {
  const all = chaptersOf(course)
  const [step] = all.find(({ number, slug }) => typed === String(number) || typed === slug)?.steps ?? []
  if (step) return walkTo(course, step)
  throw new Refusal(
    `Expected the number of a chapter (1 to ${all.length}), but ${typed === undefined ? 'nothing' : `"${typed}"`} came.`,
    ...all.map(({ number, title, steps }) => `  ${number}  ${title}: from step ${steps[0]?.number ?? '?'}`),
    'Type, for example: npm run step chapter 2',
  )
}
