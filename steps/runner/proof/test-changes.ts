import type { Fold, State } from '../course/state.ts'
import { sourceOf } from '../course/syntax-tree.ts'
import { changesBetween, testFileOf } from '../course/test-file.ts'

interface Changed {
  /** The file in `test/`. */
  readonly path: string
  /** The title of a test, or the name of what tests share; the path when the file cannot be parsed or is gone. */
  readonly name: string
}

/** What a step changes of tests that were there before, and of what they share. */
export const changedIn = ({ before, after }: Pick<Fold, 'before' | 'after'>): readonly Changed[] =>
  [...before.keys()]
    .filter((path) => path.startsWith('test/'))
    .flatMap((path) => changesIn(path, before, after).map((name) => ({ path, name })))

function changesIn(path: string, before: State, after: State): readonly string[] {
  const [was, is] = [before.get(path), after.get(path)]
  if (!was || !is) return [path]
  if (was.equals(is)) return []
  const [old, now] = [sourceOf(path, was), sourceOf(path, is)]
  return old && now ? changesBetween(testFileOf(old), testFileOf(now)) : [path]
}
