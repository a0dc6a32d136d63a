import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { foldsOf } from '../../course/state.ts'
import { ThrowawayCourse } from '../../testkit/throwaway-course.ts'
import { readTree } from '../../course/read-tree.ts'
import { checkBytes } from './bytes.ts'
import { checkContracts } from './contract.ts'
import { checkExcuses } from './excuses.ts'
import { checkFiles } from './files.ts'
import { checkLastState } from './last-state.ts'
import { checkNames } from './names.ts'
import { checkOrder } from './order.ts'
import { checkPlainTests } from './plain-tests.ts'
import { checkReach } from './reach.ts'
import { checkStandingTests } from './standing-tests.ts'
import { checkTestRunners } from './test-runners.ts'
import { rules } from '../rules.ts'

// What can be seen without running anything: one sabotage for each rule, found alone, and with the place and the fix.

const red = 'steps/04-red-negates'
const green = 'steps/05-green-minus'
const refactor = 'steps/03-refactor-own-file'

type Sabotage = (there: ThrowawayCourse) => unknown

function problemsAfter(sabotage: Sabotage) {
  using there = new ThrowawayCourse()
  sabotage(there)
  const seen = { course: there.course, folds: foldsOf(there.course), root: readTree(there.root).files }
  const looking = [
    checkBytes,
    checkContracts,
    checkExcuses,
    checkFiles,
    checkNames,
    checkOrder,
    checkPlainTests,
    checkReach,
    checkStandingTests,
    checkTestRunners,
    checkLastState,
  ]
  const all = looking.flatMap((rule) => Array.from(rule(seen)))
  for (const { fix } of all) expect(fix).not.toBe('')
  return all.map(({ where, what }) => `${where}: ${what}`)
}

/** Lets a red bring a later version of the first test file. */
const retell =
  (from: string | RegExp, to: string, more = ''): Sabotage =>
  (there) => {
    const text = (there.reads('test/sum.test.ts') ?? '').replace(from, to)
    there.types({ 'test/sum.test.ts': text, [`${red}/test/sum.test.ts`]: text })
    edit(`${red}/step.yaml`, 'hints:', `${more}hints:`)(there)
  }

/** Lets a red bring a file in `test/`, which then is there to the end. */
const bring =
  (path: string, text: string): Sabotage =>
  (there) =>
    there.types({ [`${red}/${path}`]: text, [path]: text })

const edit =
  (path: string, from: string | RegExp, to: string): Sabotage =>
  (there) =>
    there.types({ [path]: (there.reads(path) ?? '').replace(from, to) })

test('every rule in this folder is in the list of those that the proof asks', async () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'))
  const modules = await Promise.all(files.map((name) => import(new URL(name, import.meta.url).href)))
  const found = modules.flatMap((module) => Object.keys(module).filter((name) => name.startsWith('check')))
  expect(rules.map(({ name }) => name).toSorted()).toEqual(found.toSorted())
  expect(found).toHaveLength(files.length)
})

test('finds nothing wrong with a course that keeps the rules', () => {
  expect(problemsAfter(() => {})).toEqual([])
})

test.each<{ rule: string; sabotage: Sabotage; found: readonly string[] }>([
  {
    rule: 'at least two tiers of hints',
    sabotage: edit(`${green}/step.yaml`, '  - Plainly.\n', ''),
    found: [`${green}/step.yaml: it has one hint, but a learner needs at least two tiers`],
  },
  {
    rule: 'hints at all',
    sabotage: edit(`${green}/step.yaml`, '  - Gently.\n  - Plainly.\n', ''),
    found: [`${green}/step.yaml: it has no hints, but a learner needs at least two tiers`],
  },
  {
    rule: 'hints that say something, each something of its own',
    sabotage: (there) => {
      edit(`${green}/step.yaml`, '  - Gently.\n', '  - x\n  - x\n')(there)
      edit(`${red}/step.yaml`, '  - Gently.\n  - Plainly.\n', '  - Look again.\n  - Look again.\n')(there)
    },
    found: [
      `${green}/step.yaml: the hint "x" does not help`,
      `${red}/step.yaml: the hint "Look again." comes twice`,
    ],
  },
  {
    rule: 'a piece of a message that says something',
    sabotage: edit(`${red}/step.yaml`, /message: .*/, 'message: e'),
    found: [`${red}/step.yaml: "fails: message" is "e", which is in nearly every message`],
  },
  {
    rule: 'files that are the same bytes on every system',
    sabotage: (there) => {
      edit(`${green}/step.yaml`, /^/, '\uFEFF')(there)
      edit(`${green}/README.md`, /\n/g, '\r\n')(there)
      edit(`${refactor}/src/deep/add.ts`, /\n/g, '\r\n')(there)
    },
    found: [
      `${green}/step.yaml: it begins with a byte order mark`,
      `${green}/README.md: it has carriage returns (CR) in it`,
      `${refactor}/src/deep/add.ts: it has carriage returns (CR) in it`,
    ],
  },
  {
    rule: 'a red announces its failure',
    sabotage: edit(`${red}/step.yaml`, /fails:\n(?: {2}.*\n)+(?=hints)/, ''),
    found: [`${red}/step.yaml: a red has to announce its failure`],
  },
  {
    rule: 'a red says what it asks for',
    sabotage: edit(`${red}/step.yaml`, /does:.*\n/, ''),
    found: [`${red}/step.yaml: a red says in one plain line what it asks for`],
  },
  {
    rule: 'a green asks for nothing new',
    sabotage: edit(`${green}/step.yaml`, 'hints:', 'does: more\nhints:'),
    found: [`${green}/step.yaml: a green asks for nothing new`],
  },
  {
    rule: 'a green announces no failure',
    sabotage: edit(`${green}/step.yaml`, 'hints:', 'fails: { test: a, error: b, message: c }\nhints:'),
    found: [`${green}/step.yaml: a green announces a failure, but all its tests pass`],
  },
  {
    rule: 'a chapter has a red',
    sabotage: edit(`${green}/step.yaml`, 'chapter: less', 'chapter: more'),
    found: [`${green}/step.yaml: chapter "more" has no red up to here`],
  },
  {
    rule: 'the failing test has its file, by default that of the chapter',
    sabotage: edit(`${red}/step.yaml`, 'chapter: less', 'chapter: more'),
    found: [
      `${red}/step.yaml: its failing test is meant to be in test/more.test.ts, which is not there`,
      `${green}/step.yaml: chapter "less" has no red up to here`,
    ],
  },
  {
    rule: 'the failing test may be in the file of another chapter',
    sabotage: (there) => {
      edit(`${green}/step.yaml`, 'chapter: less', 'chapter: more')(there)
      edit(`${red}/step.yaml`, 'chapter: less', 'chapter: more')(there)
      edit(`${red}/step.yaml`, 'fails:\n', 'fails:\n  file: test/less.test.ts\n')(there)
    },
    found: [],
  },
  {
    rule: 'a lesson is written',
    sabotage: edit(`${green}/README.md`, /\nWhy Minus[^]*/, ''),
    found: [`${green}/README.md: the lesson is empty`],
  },
  {
    rule: 'only greens have wrong answers',
    sabotage: edit(
      `${refactor}/step.yaml`,
      'hints:',
      'wrong: [{ mistake: a, file: src/index.ts, replace: export, with: b }]\nhints:',
    ),
    found: [`${refactor}/step.yaml: only a green can have wrong answers`],
  },
  {
    rule: 'a wrong answer changes one place that is there',
    sabotage: edit(
      `${green}/step.yaml`,
      /wrong:[^]*hints:/,
      'wrong: [{ mistake: a, file: src/index.ts, replace: one, with: b }, { mistake: b, file: src/index.ts, replace: nowhere, with: c }]\nhints:',
    ),
    found: [
      `${green}/step.yaml: wrong answer "a": the place to change is in src/index.ts 4 times`,
      `${green}/step.yaml: wrong answer "b": the place to change is in src/index.ts not at all`,
    ],
  },
  {
    rule: 'a red has a green',
    sabotage: (there) =>
      there.deletes(green, 'src/index.ts').types({
        'src/index.ts': there.reads('steps/03-refactor-own-file/src/index.ts') ?? '',
        'src/deep/add.ts': there.reads('steps/03-refactor-own-file/src/deep/add.ts') ?? '',
      }),
    found: [`${red}: a red without a green: nothing follows`],
  },
  {
    rule: 'a green has a red, and a refactor begins from green',
    sabotage: (there) =>
      there.deletes('steps/01-red-adds').types({
        'steps/02-green-three/test/sum.test.ts': there.reads('test/sum.test.ts') ?? '',
      }),
    found: [
      'steps/02-green-three/step.yaml: chapter "sum" has no red up to here',
      'steps/03-refactor-own-file/step.yaml: chapter "sum" has no red up to here',
      'steps/02-green-three: a green without a red: it follows nothing',
      'steps/02-green-three/test/sum.test.ts: a green never touches test/',
    ],
  },
  {
    rule: 'a refactor begins from green',
    sabotage: (there) => there.deletes('steps/02-green-three'),
    found: [
      `${refactor}/src/index.ts: a refactor keeps what src/index.ts exports, but "add" is new`,
      `${refactor}: a refactor has to begin from green, but it follows a red`,
      'steps/01-red-adds: a red without a green: a refactor follows',
    ],
  },
  {
    rule: 'a red never touches src/',
    sabotage: (there) =>
      there.types({ [`${red}/src/negate.ts`]: 'export {}\n', 'src/negate.ts': 'export {}\n' }),
    found: [`${red}/src/negate.ts: a red never touches src/`],
  },
  {
    rule: 'a green never touches test/',
    sabotage: (there) =>
      there.types({ [`${green}/test/more.ts`]: 'export {}\n', 'test/more.ts': 'export {}\n' }),
    found: [
      `${green}/test/more.ts: a green never touches test/`,
      `${green}/test/more.ts: no test runs it or imports it`,
    ],
  },
  {
    rule: 'a green never removes a test',
    sabotage: (there) => {
      edit(`${green}/step.yaml`, 'removes:', 'removes:\n  - test/sum.test.ts')(there)
      there.deletes('test/sum.test.ts')
    },
    found: [`${green}/test/sum.test.ts: a green never touches test/`],
  },
  {
    rule: 'a refactor of src/ never touches test/',
    sabotage: (there) =>
      there.types({ [`${refactor}/test/more.ts`]: 'export {}\n', 'test/more.ts': 'export {}\n' }),
    found: [
      `${refactor}/test/more.ts: a refactor of src/ never touches test/`,
      `${refactor}/test/more.ts: no test runs it or imports it`,
    ],
  },
  {
    rule: 'src/ does not ask whether it is being tested',
    sabotage: (there) => {
      for (const path of [`${green}/src/index.ts`, 'src/index.ts'])
        edit(path, '=> -one', "=> (process.env['VITEST'] ? -one : 0)")(there)
    },
    found: [`${green}: src/ asks whether it is being tested at more places than before: "negate", "VITEST"`],
  },
  {
    rule: 'src/ may ask whether it is being tested where its red hands over an environment; more often it may not',
    sabotage: (there) => {
      for (const path of [`${red}/test/less.test.ts`, 'test/less.test.ts'])
        edit(path, 'negate(1)', 'negate(1, { env: {} })')(there)
      for (const path of [`${green}/src/index.ts`, 'src/index.ts'])
        edit(
          path,
          '=> -one',
          "=> (tested() ? -one : -one)\nconst tested = () => process.env['VITEST']",
        )(there)
      const more = "export { add, negate } from './more.ts'\n"
      const twice = (there.reads('src/index.ts') ?? '').replace('one + other', 'tested() ? one : one + other')
      there.types({
        'steps/06-refactor-more/README.md': '# More\n\nWhy.\n',
        'steps/06-refactor-more/step.yaml': there.reads(`${refactor}/step.yaml`) ?? '',
        'steps/06-refactor-more/src/index.ts': more,
        'steps/06-refactor-more/src/more.ts': twice,
        'src/index.ts': more,
        'src/more.ts': twice,
      })
    },
    found: [
      'steps/06-refactor-more: src/ asks whether it is being tested at more places than before: "tested"',
    ],
  },
  {
    rule: 'a refactor keeps the names that src/index.ts exports',
    sabotage: edit(`${refactor}/src/index.ts`, '{ add }', '{ add as sum, add as plus }'),
    found: [
      `${refactor}/src/index.ts: a refactor keeps what src/index.ts exports, but "add" is gone, and "plus" is new, and "sum" is new`,
    ],
  },
  {
    rule: 'a refactor may pass names on in other ways',
    sabotage: edit(`${refactor}/src/index.ts`, '{ add }', '*'),
    found: [],
  },
  {
    rule: 'a refactor may be one of test/ alone',
    sabotage: (there) => {
      const text = (there.reads('test/sum.test.ts') ?? '').replace('add(1, 2)', 'add(2, 1)')
      there
        .deletes(`${refactor}/src`)
        .types({ 'test/sum.test.ts': text, [`${refactor}/test/sum.test.ts`]: text })
      edit(`${green}/step.yaml`, /removes:\n.*\n/, '')(there)
    },
    found: [],
  },
  {
    rule: 'a refactor changes src/',
    sabotage: (there) =>
      there.deletes(`${refactor}/src`).types({
        [`${green}/step.yaml`]: (there.reads(`${green}/step.yaml`) ?? '').replace(/removes:\n.*\n/, ''),
      }),
    found: [`${refactor}: it changes nothing in src/, but a refactor has to`],
  },
  {
    rule: 'a file in a step is a change',
    sabotage: (there) => there.types({ [`${red}/test/sum.test.ts`]: there.reads('test/sum.test.ts') ?? '' }),
    found: [`${red}/test/sum.test.ts: it is the same as in the step before`],
  },
  {
    rule: 'what is removed was there',
    sabotage: edit(`${green}/step.yaml`, 'removes:', 'removes:\n  - src/gone.ts'),
    found: [`${green}/step.yaml: "removes" names src/gone.ts, which is not there at the step before`],
  },
  {
    rule: 'what is removed is not brought',
    sabotage: edit(`${green}/step.yaml`, 'removes:', 'removes:\n  - src/index.ts'),
    found: [`${green}/step.yaml: "removes" names src/index.ts, which this step also holds`],
  },
  {
    rule: 'a red does not change a test that was there before',
    sabotage: retell('toBe(3)', 'toBeTruthy()'),
    found: [`${red}/test/sum.test.ts: it changes "adds", on which tests stand that were there before`],
  },
  {
    rule: 'a red may write a comment, and write a test in other lines',
    sabotage: retell('expect(add(1, 2)).toBe(3)', 'expect(\n    // Three.\n    add(1, 2),\n  ).toBe(3)'),
    found: [],
  },
  {
    rule: 'a red that names what it changes, and why, may change it',
    sabotage: retell('toBe(3)', 'toEqual(3)', 'changes:\n  - what: adds\n    why: it is all the same\n'),
    found: [],
  },
  {
    rule: 'a red names only what it changes',
    sabotage: retell(/$/, '\n', 'changes:\n  - what: adds\n    why: it is all the same\n'),
    found: [`${red}/step.yaml: "changes" names "adds", which is as it was`],
  },
  {
    rule: 'a green has nothing to name',
    sabotage: edit(`${green}/step.yaml`, 'hints:', 'changes: [{ what: adds, why: so }]\nhints:'),
    found: [`${green}/step.yaml: only a red can name what it changes of tests`],
  },
  {
    rule: 'a red does not change what tests share',
    sabotage: retell(
      /^import .*/,
      `import { beforeEach, test } from 'vitest'
import { expect } from './lenient.ts'

const performance = { now: () => 0 }

beforeEach(() => {})
`,
    ),
    found: [
      `${red}/test/sum.test.ts: it changes "beforeEach()", on which tests stand that were there before`,
      `${red}/test/sum.test.ts: it changes "expect", on which tests stand that were there before`,
      `${red}/test/sum.test.ts: it changes "performance", on which tests stand that were there before`,
    ],
  },
  {
    rule: 'a red may bring what only its own test needs',
    sabotage: retell(/^import .*/, "$&\nimport { once } from 'node:events'\n\nconst more = once\n"),
    found: [],
  },
  // Skipped, excused and expected to fail on purpose: the rule has to refuse each.
  ...(
    [
      ['test.fails(', '"test" is not called plainly'],
      ['test.skipIf(false)(', '"test" is not called plainly'],
      ['test.runIf(true)(', '"test" is not called plainly'],
      ["test['only'](", '"test" is not called plainly'],
      ['test.todo(', '"test" is not called plainly'],
      ['if (Math.random() < 1) test(', '"test" is not called plainly'],
      ['const own = test\nown(', '"test" is not called plainly'],
    ] as const
  ).map(([call, what]) => ({
    rule: `a test is called plainly, not ${call}`,
    sabotage: ((there) => {
      for (const path of [`${red}/test/less.test.ts`, 'test/less.test.ts']) edit(path, 'test(', call)(there)
    }) satisfies Sabotage,
    found: [`${red}/test/less.test.ts: line 4: ${what}`],
  })),
  ...(
    [
      ["'negates', { retry: 200 }, ", 'a test takes a title, a function and a time, not options'],
      ["'negates', options, ", 'a test takes a title, a function and a time, not options'],
    ] as const
  ).map(([given, what]) => ({
    rule: `a test is given no options: ${given}`,
    sabotage: ((there) => {
      for (const path of [`${red}/test/less.test.ts`, 'test/less.test.ts'])
        edit(path, "'negates', ", given)(there)
    }) satisfies Sabotage,
    found: [`${red}/test/less.test.ts: line 4: ${what}`],
  })),
  {
    rule: 'a test does not leave itself out, nor decide about others',
    sabotage: (there) => {
      for (const path of [`${red}/test/less.test.ts`, 'test/less.test.ts']) {
        edit(
          path,
          '() => {',
          "(its) => {\n  its.skip(sum.negate === undefined)\n  vi.mock('../src/index.ts')",
        )(there)
        edit(path, 'expect, test }', 'expect, test, vi }')(there)
        edit(path, /$/, "test('none', ({ skip }) => skip())\n")(there)
      }
    },
    found: [
      `${red}/test/less.test.ts: line 5: a test that leaves itself out proves nothing`,
      `${red}/test/less.test.ts: line 6: vi.mock decides about more than one test`,
      `${red}/test/less.test.ts: line 9: a test that leaves itself out proves nothing`,
    ],
  },
  {
    rule: 'what registers tests comes from vitest, and by its name',
    sabotage: (there) => {
      bring('test/own.ts', "export { test as mine } from 'vitest'\n")(there)
      for (const path of [`${red}/test/less.test.ts`, 'test/less.test.ts']) {
        edit(path, /^/, "import './own.ts'\nimport * as all from 'vitest'\n")(there)
      }
    },
    found: [
      `${red}/test/own.ts: line 1: it passes vitest on under its own name`,
      `${red}/test/less.test.ts: line 2: it imports vitest as a whole, not by its names`,
    ],
  },
  {
    rule: 'src/ holds only what is measured',
    sabotage: (there) => {
      for (const name of ['dead.mts', 'dead.js', 'dead.json', 'dead.d.ts', 'dead.test.ts', 'Dead.ts']) {
        there.types({ [`${green}/src/${name}`]: '', [`src/${name}`]: '' })
      }
    },
    found: [
      ...['dead.d.ts', 'dead.js', 'dead.json', 'dead.mts', 'dead.test.ts'].map(
        (name) => `${green}/src/${name}: src/ holds .ts files only: this one is neither measured nor checked`,
      ),
      `${green}/src/Dead.ts: its name is not one that every system and every tool takes`,
    ],
  },
  {
    rule: 'test/ holds only what runs',
    sabotage: (there) => {
      bring('test/extra.spec.ts', 'throw new Error()\n')(there)
      bring('test/extra.test.mts', 'throw new Error()\n')(there)
      bring('test/__snapshots__/less.test.ts.snap', '')(there)
      bring('test/more.test.ts', "import './needed.ts'\nawait import('./late.ts')\n")(there)
      bring('test/needed.ts', "export * from './deep/needed.ts'\n")(there)
      bring('test/deep/needed.ts', 'export {}\n')(there)
      bring('test/late.ts', 'export {}\n')(there)
      bring('test/redis/extra.spec.ts', 'export {}\n')(there)
    },
    found: [
      `${red}/test/__snapshots__/less.test.ts.snap: its name is not one that every system and every tool takes`,
      ...['__snapshots__/less.test.ts.snap', 'extra.spec.ts', 'extra.test.mts'].map(
        (name) => `${red}/test/${name}: no test runs it or imports it`,
      ),
    ],
  },
  {
    rule: 'no check of src/ is told to look away, not even on two lines',
    sabotage: edit(
      `${refactor}/src/deep/add.ts`,
      /$/,
      '/* v8\nignore next 3 */\n// @ts-nocheck -- because\n',
    ),
    found: [
      `${refactor}/src/deep/add.ts: line 2: "v8 ignore next 3" tells the check of coverage to look away`,
      `${refactor}/src/deep/add.ts: line 4: "@ts-nocheck" tells the check of types to look away`,
    ],
  },
  {
    rule: 'in test/ a check may be told to look away, with the reason beside it',
    sabotage: (there) => {
      const more = '// oxlint-disable no-console\n// @ts-expect-error -- negate is not there yet\n'
      for (const path of [`${red}/test/less.test.ts`, 'test/less.test.ts']) edit(path, /$/, more)(there)
    },
    found: [`${red}/test/less.test.ts: line 7: "oxlint-disable" tells the check of lint to look away`],
  },
  {
    rule: 'the last step is src/ and test/, to the byte',
    sabotage: edit('src/index.ts', 'one + other', 'one  + other'),
    found: [`src/index.ts: it differs from the last step (${green}/src/index.ts)`],
  },
  {
    rule: 'nothing is missing from src/ and test/',
    sabotage: (there) => there.deletes('test/less.test.ts'),
    found: [`test/less.test.ts: it is missing; the last step has it (${red}/test/less.test.ts)`],
  },
  {
    rule: 'nothing is in src/ and test/ that no step brought',
    sabotage: (there) => there.types({ 'src/more.ts': 'export {}\n' }),
    found: ['src/more.ts: no step brings this file'],
  },
])('$rule', ({ sabotage, found }) => {
  expect(problemsAfter(sabotage).toSorted()).toEqual(found.toSorted())
})
