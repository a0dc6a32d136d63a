import type { Command } from './command.ts'
import { listSaves, stepOfSave } from '../workspace/saves.ts'
import { locationsOf, nameOf } from '../system/locations.ts'
import { bold, dim, say, width } from '../terminal/print.ts'

/** `npm run step saves`: every version of `src/` and `test/` that was kept, the latest first. */
export const saves: Command = ({ course, words: [word] }) => {
  const all = listSaves(course.root).toReversed()
  const listed = word === 'all' ? all : all.slice(0, 20)
  if (all.length === 0) {
    say('', 'No saves yet. One is made by itself before the runner writes over your work.', '')
    return 0
  }
  say(
    '',
    ...listed.flatMap((save) => {
      const { number, at, folder } = save
      const step = stepOfSave(course, save)
      const place = step ? `at step ${step.number}` : save.step === null ? 'step unknown' : 'step gone'
      const line = `${String(number).padStart(3)}  ${localTime(at)}  ${place.padEnd(12)}`
      const head = line.replace(/\d+/, bold)
      if (line.length + 2 + folder.length <= width()) return [`${head}  ${dim(folder)}`]
      // Of which step it was only its name can tell.
      return step ? [head.trimEnd()] : [head.trimEnd(), dim(`     ${folder}`)]
    }),
    ...(listed.length < all.length
      ? [`  … and ${all.length - listed.length} earlier: npm run step saves all`]
      : []),
    '',
    `They are folders in ${nameOf(locationsOf(course.root).saves)}. Bring one back: npm run step restore N`,
    '',
  )
  return 0
}

/** `2026-11-23 02:43`, as the learner's clock showed it: what Swedes write. */
function localTime(at: Date): string {
  return at.toLocaleString('sv').slice(0, 16)
}
