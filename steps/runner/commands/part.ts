import { about, partsOf } from '../course/parts.ts'
import type { Command } from './command.ts'
import { Refusal } from '../system/refusal.ts'
import { walkTo } from '../workspace/walk-to.ts'

/** `npm run step part 2`: the course's own first step of part 2. */
export const part: Command = ({ course, words: [typed] }) => {
  const all = partsOf(course)
  const [step] = all.find(({ number }) => typed === String(number))?.chapters[0]?.steps ?? []
  if (step) return walkTo(course, step)
  if (all.length === 0) throw new Refusal('This course has no parts.', 'Type: npm run step list')
  throw new Refusal(
    `Expected the number of a part (1 to ${all.length}), but ${typed === undefined ? 'nothing' : `"${typed}"`} came.`,
    ...all.map(
      ({ number, title, chapters, minutes }) =>
        `  ${number}  ${title}: from step ${chapters[0]?.steps[0]?.number ?? '?'}, ${about(minutes)}`,
    ),
    'Type, for example: npm run step part 2',
  )
}
