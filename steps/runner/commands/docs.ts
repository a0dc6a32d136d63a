import type { Command } from './command.ts'
import { outputsOf, problemsOf, rewrite, shownProof, staleDocs, staleLessons } from '../proof/documents.ts'
import { complain, paint, say, wrap } from '../terminal/print.ts'
import { verify } from '../proof/prove.ts'

/** `npm run step docs`: writes the blocks anew that show what a command or a failing test says. */
export const docs: Command = async ({ course, problems: damage }) => {
  const proof = await verify(course, damage, 'everything', { documents: false })
  const stale = [
    ...staleLessons(course, proof),
    ...staleDocs(course, shownProof(proof), await outputsOf(course)),
  ]
  const changed = stale.filter(({ fixed }) => fixed.size > 0)
  for (const text of changed) rewrite(course, text)
  say('', changed.length === 0 ? 'Every block that can be written anew is as it should be.' : 'Written anew:')
  say(...changed.map(({ path }) => `· ${path}`), '')
  const left = stale.flatMap(({ path, problems }) => problemsOf({ path, fixed: new Map(), problems }))
  for (const { where, what, fix } of left) {
    complain(`${paint('red', '✗')} ${where}`, ...wrap(what), ...wrap(`Fix: ${fix}`), '')
  }
  return left.length === 0 ? 0 : 1
}
