/** For whom a word is. Team leads are counted among the maintainers. */
export type Reader = 'learner' | 'maintainer' | 'CI'

/** A word that can be typed after `npm run step`. */
export interface Word {
  readonly for: Reader
  /** What may be typed after it: `[…]` may be left out, capitals stand for something else. Nothing when it is not there. */
  readonly takes?: string
  /** What it does, in one sentence for help: without a full stop. */
  readonly does: string
  /** Commands that repair the course, and those that only print, also work when it is damaged. */
  readonly worksWhenDamaged?: boolean
  /** Ctrl-C is how it ends, and it says so. */
  readonly endsByItself?: boolean
}

/**
 * Every word. `next` is what `next.ts` exports by that name, and so on. Help, refusals and the README's list come from
 * here; what is left out there cannot be found.
 */
export const words: Readonly<Record<string, Word>> = {
  next: {
    for: 'learner',
    takes: '[anyway]',
    does: 'go on with my code: bring a test, or check mine first',
  },
  prev: { for: 'learner', does: "the course's own step before this one" },
  last: { for: 'learner', does: "the course's last step: the finished client" },
  check: { for: 'learner', does: 'my work against the step I am working on' },
  watch: { for: 'learner', does: 'the same, on every save', endsByItself: true },
  hint: { for: 'learner', does: 'one more hint for that step' },
  solve: { for: 'learner', does: "the course's answer for it; mine is saved first" },
  skip: { for: 'learner', does: "leave this cycle out, with the course's answer" },
  undo: { for: 'learner', does: 'take back the last command that wrote files' },
  reset: { for: 'learner', takes: '[all]', does: 'this step anew, mine is saved; or: all of them' },
  list: { for: 'learner', does: 'the whole course, a line a step' },
  part: { for: 'learner', takes: 'N', does: "the course's own first step of part N" },
  chapter: { for: 'learner', takes: 'N', does: "the course's own first step of chapter N" },
  lesson: { for: 'learner', takes: '[N]', does: 'the lesson of step N, without N of mine' },
  at: { for: 'learner', takes: 'N', does: 'this code is step N: moves me, writes no file of mine' },
  diff: {
    for: 'learner',
    takes: '[save] [N]',
    does: 'what step N changed; or I, without N; or I since save N',
  },
  saves: { for: 'learner', takes: '[all]', does: 'the versions of my work that were kept' },
  restore: {
    for: 'learner',
    takes: '[K]',
    does: 'bring save K back, without K the latest; or: tests',
  },
  doctor: { for: 'learner', does: 'is everything there that the course needs?', worksWhenDamaged: true },
  help: { for: 'learner', takes: '[WORD]', does: 'all words, or one of them', worksWhenDamaged: true },
  progress: { for: 'maintainer', takes: '[BRANCH]', does: 'how far I am, and fetched branches; or: json' },
  verify: {
    for: 'maintainer',
    takes: '[tests] [fresh]',
    does: 'prove the whole course, or its tests alone',
    worksWhenDamaged: true,
  },
  docs: {
    for: 'maintainer',
    does: 'write anew what documents and lessons show of outputs',
    worksWhenDamaged: true,
  },
  insert: { for: 'maintainer', takes: 'N NAME', does: 'drafts of a red and a green before step N' },
  remove: { for: 'maintainer', takes: 'N', does: 'take the cycle out that begins at step N' },
  move: {
    for: 'maintainer',
    takes: 'N [M] after K',
    does: 'move the steps N to M behind step K; or: on, undo',
    worksWhenDamaged: true,
  },
  propagate: { for: 'maintainer', takes: 'N [M]', does: 'replay an edit of step N on every later step' },
  mutation: {
    for: 'maintainer',
    takes: '[N]',
    does: 'change lines: does a test notice? Of step N; or: finished',
  },
  history: { for: 'maintainer', takes: 'FOLDER', does: 'the course as a Git repository, a commit a step' },
  gate: {
    for: 'CI',
    takes: '[staged]',
    does: 'may what is here be committed? The hook asks it, too',
    worksWhenDamaged: true,
  },
  coverage: {
    for: 'CI',
    takes: '[markdown [REF]]',
    does: 'measure the tests; or what a pull request is told',
    worksWhenDamaged: true,
  },
}

/** The words for these readers, in order. */
export const wordsFor = (reader: Reader): readonly string[] =>
  Object.keys(words).filter((name) => words[name]?.for === reader)

/** As a word is typed: `restore [K]`. */
export const usageOf = (name: string): string => [name, words[name]?.takes].filter(Boolean).join(' ')

/** The words that may follow, each or none of them, where nothing else may; null where something else may. */
export const mayOnlyFollow = (name: string): readonly string[] | null => {
  const takes = words[name]?.takes ?? ''
  return /^(?:\[[a-z]+\] ?)+$/.test(takes) ? takes.slice(1, -1).split('] [') : null
}

/** How many words may follow it. */
export const mayFollow = (name: string): number => words[name]?.takes?.split(' ').length ?? 0
