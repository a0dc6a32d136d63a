import { type Fold, sourcesOf, type State } from '../../course/state.ts'
import { problemIn, type Problem } from '../../course/problem.ts'
import { codeOf, nodesIn, sourceOf, type Source } from '../../course/syntax-tree.ts'
import { testFileOf } from '../../course/test-file.ts'
import { onceEach } from '../../system/once-each.ts'
import type { Evidence } from '../evidence.ts'

/** Words by which code could know that it is being tested. */
const telltale = /^(?:NODE_ENV|NODE_TEST|TEST$|CI$)|vitest|jest|mocha|VITEST|JEST|MOCHA/

/**
 * Code that asks whether it is being tested can pass every test and do something else elsewhere. So `src/` asks so, at
 * one more place than before, only in a green whose red is about that: its test hands over an environment of its own.
 */
export function* checkTestRunners({ folds }: Pick<Evidence, 'folds'>): Iterable<Problem> {
  for (const [index, { step, before, after }] of folds.entries()) {
    if (step.phase === 'red') continue
    const [had, have] = [askingIn(before), askingIn(after)]
    if (have.length <= had.length || (step.phase === 'green' && handsOverEnv(folds[index - 1]))) continue
    const added = [...new Set(have.filter((word) => times(have, word) > times(had, word)))]
    const what = `src/ asks whether it is being tested at more places than before: ${added.map((word) => `"${word}"`).join(', ')}`
    const fix =
      'let src/ do the same with and without a test runner, or let its red hand over an environment: env'
    yield problemIn(step, '', what, fix)
  }
}

const times = (words: readonly string[], word: string) => words.filter((one) => one === word).length

/** A text without any of these has no telltale in it. Letters may be written as escapes. */
const mayTell = /NODE_ENV|NODE_TEST|\b(?:TEST|CI)\b|vitest|jest|mocha|\\/i

/** Every word in `src/` that asks: a telltale, or the name of a function or constant that has one in it. */
function askingIn(state: State): readonly string[] {
  const sources = [...sourcesOf(state)].flatMap(([path, bytes]) => sourceOf(path, bytes) ?? [])
  const told = new Set(sources.flatMap(toldIn))
  return sources.flatMap((source) => {
    // To look at every piece of every file takes longer than all else that a rule does.
    const may = mayTell.test(source.text) || [...told].some((name) => source.text.includes(name))
    return may ? wordsIn(source).filter((word) => telltale.test(word) || told.has(word)) : []
  })
}

const wordsIn = onceEach(({ program }: Source): readonly string[] =>
  nodesIn(program)
    .map(([node, holder]) => (holder?.type.endsWith('Specifier') ? '' : wordOf(node)))
    .filter((word) => word !== ''),
)

/** Names of functions and constants that have a telltale in them. */
const toldIn = onceEach((source: Source): readonly string[] =>
  !mayTell.test(source.text)
    ? []
    : [...testFileOf(source).shared].flatMap(([name, { text, code, waits }]) =>
        waits &&
        mayTell.test(text) &&
        /"(?:value|name|cooked)":"(?:NODE_ENV|NODE_TEST|[^"]*(?:vitest|jest|mocha))/i.test(code())
          ? [name]
          : [],
      ),
)

function wordOf(node: object): string {
  if ('name' in node && typeof node.name === 'string') return node.name
  if ('value' in node && typeof node.value === 'string') return node.value
  return ''
}

/** Whether the new test of a red gives the code an environment. */
function handsOverEnv(red: Fold | undefined): boolean {
  const { file = '', test = '' } = red?.step.contract.fails ?? {}
  const bytes = red?.after.get(file)
  const source = bytes ? sourceOf(file, bytes) : null
  const code = source ? testFileOf(source).tests.get(test)?.code() : undefined
  return code !== undefined && code.includes(codeOf({ name: 'env' }).slice(1, -1))
}
