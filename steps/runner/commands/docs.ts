import type { Command } from './command.ts'
import { outputsOf, shownProof, staleDocs, staleLessons, stalePictures } from '../proof/documents.ts'
import { staleMap } from '../proof/map.ts'
import { renew } from '../proof/stale-file.ts'
import { complain, paint, say, wrap } from '../terminal/print.ts'
import { verify } from '../proof/prove.ts'

/** `npm run step docs`: writes the blocks anew that show what a command or a failing test says. */
export const docs: Command = async ({ course, problems: damage }) => {
  const proof = await verify(course, damage, 'everything', { documents: false })
  const outputs = await outputsOf(course)
  const texts = [...staleLessons(course, proof), ...staleDocs(course, shownProof(proof), outputs)]
  for (const text of texts) renew(course, text)
  // The map is a part of a text that may have been written anew just now.
  const files = [...stalePictures(course, outputs), ...staleMap(course)]
  for (const file of files) renew(course, file)
  const changed = [...texts, ...files].filter(({ text }) => text !== null)
  say('', changed.length === 0 ? 'Every block that can be written anew is as it should be.' : 'Written anew:')
  say(...changed.map(({ path }) => `· ${path}`), '')
  const left = [...texts, ...files].flatMap(({ byHand }) => byHand)
  for (const { where, what, fix } of left) {
    complain(`${paint('red', '✗')} ${where}`, ...wrap(what), ...wrap(`Fix: ${fix}`), '')
  }
  return left.length === 0 ? 0 : 1
}
