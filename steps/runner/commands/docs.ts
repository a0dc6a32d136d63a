import type { Command } from './command.ts'
import {
  outputsOf,
  redraw,
  rewrite,
  shownProof,
  staleDocs,
  staleLessons,
  stalePictures,
} from '../proof/documents.ts'
import { complain, paint, say, wrap } from '../terminal/print.ts'
import { verify } from '../proof/prove.ts'

/** `npm run step docs`: writes the blocks anew that show what a command or a failing test says. */
export const docs: Command = async ({ course, problems: damage }) => {
  const proof = await verify(course, damage, 'everything', { documents: false })
  const outputs = await outputsOf(course)
  const stale = [...staleLessons(course, proof), ...staleDocs(course, shownProof(proof), outputs)]
  const pictures = stalePictures(course, outputs)
  const rewritten = stale.filter(({ fixed }) => fixed.size > 0)
  const drawn = pictures.filter(({ drawing }) => drawing !== null)
  for (const text of rewritten) rewrite(course, text)
  for (const picture of drawn) redraw(course, picture)
  const changed = [...rewritten, ...drawn]
  say('', changed.length === 0 ? 'Every block that can be written anew is as it should be.' : 'Written anew:')
  say(...changed.map(({ path }) => `· ${path}`), '')
  const left = [...stale, ...pictures.filter(({ drawing }) => drawing === null)].flatMap(
    ({ problems }) => problems,
  )
  for (const { where, what, fix } of left) {
    complain(`${paint('red', '✗')} ${where}`, ...wrap(what), ...wrap(`Fix: ${fix}`), '')
  }
  return left.length === 0 ? 0 : 1
}
