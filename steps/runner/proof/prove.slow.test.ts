import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCourse } from '../course/read-course.ts'
import type { Outcome } from '../testkit/matchers.ts'
import { textOfProof } from './proof-text.ts'
import { runTogether } from '../testkit/run-together.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { verify } from './prove.ts'
import type { Scope } from './proof.ts'

// What only a run can show: one sabotage for each rule, each alone and all of them in one course.

const [red1, green2, refactor3, red4, green5] = [
  'steps/01-red-adds',
  'steps/02-green-three',
  'steps/03-refactor-own-file',
  'steps/04-red-negates',
  'steps/05-green-minus',
] as const

type Sabotage = (there: ThrowawayCourse) => unknown

/** Changes files of a step, and of root where the last step has them too. */
const edit =
  (step: string, path: string, from: string | RegExp, to: string): Sabotage =>
  (there) => {
    const old = there.reads(`${step}/${path}`) ?? ''
    const text = old.replace(from, to)
    expect(text, 'the sabotage changes something').not.toBe(old)
    there.types({ [`${step}/${path}`]: text })
    if (there.reads(path) === old) there.types({ [path]: text })
  }

function soundCourse(): ThrowawayCourse {
  return new ThrowawayCourse().types({ 'package.json': '{ "type": "module" }' })
}

/** What `npm run step verify` says, or `verify tests`, without a process of its own. */
async function proofOf(there: ThrowawayCourse, scope: Scope): Promise<Outcome> {
  const { course, problems: damage } = loadCourse(there.root)
  const proof = await verify(course, damage, scope)
  const said = textOfProof(proof)
    .map((line) => ` ${line}`.trimEnd())
    .join('\n')
  return proof.problems.length === 0
    ? { status: 0, stdout: said, stderr: '' }
    : { status: 1, stdout: '', stderr: said }
}

test('says what was proven', async () => {
  using there = soundCourse()
  expect(await there.step('verify')).toSay(
    '✓ GREEN The course is proven:',
    '5 steps, numbered without a gap, each with its contract, hints and lesson',
    '2 reds: one new test each, failing as announced, and nothing else fails',
    '2 greens and 1 refactor: all tests pass, up to 2 in 2 files',
    'every line, branch and function of every green and refactor is run by its tests',
    'every green and refactor type-checks and is lint-clean',
    'the last step is src/ and test/, byte for byte',
  )
})

test('compares no last step where a learner stands in the middle, and says so', async () => {
  using there = soundCourse()
  await there.step('2')
  expect(await there.step('verify', 'tests')).toSay(
    'not compared: src/ and test/, which stand at an earlier step',
    'not looked at: coverage, types and lint',
  )
})

const addTest = (name: string, body: string) => `$&\ntest('${name}', () => {\n  ${body}\n})\n`

interface Row {
  readonly rule: string
  readonly sabotage: Sabotage
  readonly found: readonly string[]
}

/** A step tells the first test anew, which has a wrong answer to catch. */
const retell =
  (step: string, from: string, to: string): Sabotage =>
  (there) => {
    const text = (there.reads('test/sum.test.ts') ?? '').replace(from, to)
    there.types({ 'test/sum.test.ts': text, [`${step}/test/sum.test.ts`]: text })
  }

const named = edit(red4, 'step.yaml', 'hints:', 'changes: [{ what: adds, why: so }]\nhints:')

const all =
  (...sabotages: readonly Sabotage[]): Sabotage =>
  (there) => {
    for (const sabotage of sabotages) sabotage(there)
  }

/** What a run of the tests shows, each in a course of its own. */
const shown: readonly Row[] = [
  {
    rule: 'a test told anew that no longer catches a wrong answer',
    sabotage: all(retell(red4, 'toBe(3)', 'toBeTruthy()'), named),
    found: [
      `✗ ${red4}/test/sum.test.ts "adds" is told anew, and does not catch the wrong answer "counts on" of step 2 any more`,
    ],
  },
  {
    rule: 'a test told anew that asks for more than it did',
    sabotage: all(retell(red4, 'add(1, 2)).toBe(3)', 'add(2, 2)).toBe(4)'), named),
    found: [
      `✗ ${red4}/test/sum.test.ts "adds" is told anew, and does not pass on the answer of step 2 any more: AssertionError: expected 3 to be 4`,
    ],
  },
  {
    rule: 'a test that is weakened by a refactor of tests',
    sabotage: all(
      (there) => there.deletes(`${refactor3}/src`),
      edit(green5, 'step.yaml', /removes:\n.*\n/, ''),
      retell(refactor3, 'toBe(3)', 'toBeTruthy()'),
    ),
    found: [
      `✗ ${refactor3}/test/sum.test.ts "adds" is told anew, and does not catch the wrong answer "counts on" of step 2 any more`,
    ],
  },
  {
    rule: 'a red that passes',
    sabotage: edit(
      red4,
      'test/less.test.ts',
      'expect(sum.negate(1)).toBe(-1)',
      'expect(sum.add(1, 1)).toBe(2)',
    ),
    found: [
      `✗ ${red4} green, but this step is supposed to fail: "negates" passes Fix: a test that never failed`,
    ],
  },
  {
    rule: 'a red for another reason: the kind of error',
    sabotage: edit(red4, 'step.yaml', 'TypeError', 'AssertionError'),
    found: [
      `✗ ${red4} red for another reason: "negates" was expected to fail with AssertionError: negate is not a function, but came TypeError:`,
    ],
  },
  {
    rule: 'a red for another reason: the message',
    sabotage: edit(red4, 'step.yaml', 'negate is not a function', 'minus is not a function'),
    found: [`✗ ${red4} red for another reason:`, 'minus is not a function, but came TypeError:'],
  },
  {
    rule: 'an amber red: it cannot be read',
    sabotage: edit(red4, 'test/less.test.ts', 'toBe(-1)', 'toBe(-1'),
    found: [`✗ ${red4} amber: test/less.test.ts could not run.`, 'Fix: make the file run'],
  },
  {
    rule: 'an amber red: a missing module that is not the code to write',
    sabotage: edit(
      red4,
      'test/less.test.ts',
      "import { expect, test } from 'vitest'",
      "$&\nimport './more.ts'",
    ),
    found: [`✗ ${red4} amber: test/less.test.ts could not run. Error: Cannot find module './more.ts'`],
  },
  {
    rule: 'an announced missing module that is in a package',
    sabotage: (there) => {
      edit(red1, 'step.yaml', 'message: Cannot find module', "message: Cannot find package 'sum'")(there)
      edit(red1, 'test/sum.test.ts', '../src/index.ts', 'sum')(there)
    },
    found: [`✗ ${red1} amber: test/sum.test.ts could not run. Error: Cannot find package 'sum'`],
  },
  {
    rule: 'two new tests in a red',
    sabotage: edit(red4, 'test/less.test.ts', /[^]*/, addTest('adds again', 'expect(sum.add(1, 1)).toBe(2)')),
    found: [`✗ ${red4} a red adds exactly one test, but this one adds "negates", "adds again"`],
  },
  {
    rule: 'two new failures in a red',
    sabotage: edit(red4, 'test/less.test.ts', /[^]*/, addTest('adds again', 'expect(sum.add(1, 1)).toBe(3)')),
    found: [
      `✗ ${red4} more fails than announced: "adds again" fails with AssertionError`,
      `✗ ${red4} a red adds exactly one test, but this one adds "negates", "adds again"`,
    ],
  },
  {
    rule: 'two tests in a red that cannot be imported yet',
    sabotage: edit(red1, 'test/sum.test.ts', /[^]*/, addTest('adds again', 'expect(add(2, 1)).toBe(3)')),
    found: [`✗ ${red1} a red adds exactly one test, but this one adds "adds", "adds again"`],
  },
  {
    rule: 'a red that breaks what passed',
    sabotage: (there) =>
      there.types({
        [`${red4}/test/sum.test.ts`]: there.reads('test/sum.test.ts')?.replace('(3)', '(4)') ?? '',
      }),
    found: [`✗ ${red4} more fails than announced: "adds" fails with AssertionError: expected 3 to be 4`],
  },
  {
    rule: 'a red without a new test',
    sabotage: edit(red4, 'test/less.test.ts', /test\('negates'[^]*/, ''),
    found: [`✗ ${red4} amber: test/less.test.ts could not run. Error: No test suite found in file`],
  },
  {
    rule: 'a second new test in a red, with the name of an old one',
    sabotage: edit(red4, 'test/less.test.ts', /[^]*/, addTest('adds', 'expect(sum.add(1, 1)).toBe(2)')),
    found: [
      `✗ ${red4} there is more than one test of the name "adds"`,
      `✗ ${red4} a red adds exactly one test, but this one adds "negates", "adds"`,
    ],
  },
  {
    rule: 'a second new test in a red, with the name of the first',
    sabotage: edit(red4, 'test/less.test.ts', /[^]*/, addTest('negates', 'expect(sum.negate(2)).toBe(-2)')),
    found: [`✗ ${red4} there is more than one test of the name "negates"`],
  },
  {
    rule: 'a test in a refactor',
    sabotage: (there) => {
      const text = there.reads('test/sum.test.ts') ?? ''
      const more = `${text}\ntest('adds more', () => {\n  expect(add(2, 2)).toBe(4)\n})\n`
      there.types({ 'test/sum.test.ts': more, [`${refactor3}/test/sum.test.ts`]: more })
    },
    found: [`✗ ${refactor3} a refactor adds no test, but this one adds "adds more"`],
  },
  {
    rule: 'an assertion that would write down what it is to be measured by',
    sabotage: edit(red1, 'test/sum.test.ts', 'toBe(3)', 'toMatchSnapshot()'),
    found: [`✗ ${green2} red, but it should be green: "adds" fails with Error: Snapshot`],
  },
  {
    rule: 'a red whose test has another name',
    sabotage: edit(red4, 'step.yaml', 'test: negates', 'test: subtracts'),
    found: [`"fails: test" announces "subtracts" in test/less.test.ts, but the new test is "negates"`],
  },
  {
    rule: 'a red that takes a test away',
    sabotage: (there) => {
      edit(red4, 'step.yaml', 'hints:', 'removes:\n  - test/sum.test.ts\nhints:')(there)
      there.deletes('test/sum.test.ts')
    },
    found: [`✗ ${red4} it takes away "adds"`],
  },
  {
    rule: 'a skipped test',
    // Skipped on purpose: the proof has to notice.
    sabotage: edit(red4, 'test/less.test.ts', 'test(', 'test.skip('),
    found: [`✗ ${red4} "negates" is skipped, and proves nothing`],
  },
  {
    rule: 'a green that does not pass',
    sabotage: edit(green5, 'src/index.ts', '-one', 'one'),
    found: [
      `✗ ${green5} red, but it should be green: "negates" fails with AssertionError: expected 1 to be -1`,
    ],
  },
  {
    rule: 'a refactor that breaks something',
    sabotage: edit(refactor3, 'src/deep/add.ts', 'one + other', 'one - other'),
    found: [`✗ ${refactor3} red, but it should be green: "adds" fails`],
  },
  {
    rule: 'a line that is told not to count',
    // Ignored on purpose: the proof has to notice.
    sabotage: edit(green5, 'src/index.ts', /[^]*/, '$&/* v8 ignore next */\nexport const more = () => 1\n'),
    found: [`✗ ${green5}/src/index.ts line 3: "v8 ignore next" tells the check of coverage to look away`],
  },
  {
    rule: 'a wrong answer that the tests do not catch',
    sabotage: edit(
      green5,
      'step.yaml',
      /wrong:[^]*hints:/,
      'wrong:\n  - { mistake: forgets nothing, file: src/index.ts, replace: "=> -one", with: "=> 0 - one" }\nhints:',
    ),
    found: [`✗ ${green5}/step.yaml wrong answer "forgets nothing": the test of its red passes all the same`],
  },
]

describe('finds', () => {
  const courses = new Map<string, ThrowawayCourse>()
  beforeAll(async () => {
    for (const { rule, sabotage } of shown) {
      const there = soundCourse()
      courses.set(rule, there)
      sabotage(there)
    }
    await runTogether([...courses.values()].map(({ course }) => course))
  })
  afterAll(() => {
    for (const there of courses.values()) there[Symbol.dispose]()
  })

  test.each(shown)('$rule', async ({ rule, found }) => {
    expect(await proofOf(courses.get(rule) ?? soundCourse(), 'tests')).toRefuse(...found)
  })
})

test('finds an error that no test caught', async () => {
  using there = soundCourse()
  edit(green5, 'src/index.ts', /[^]*/, "$&\nvoid Promise.reject(new Error('not awaited'))\n")(there)
  expect(await proofOf(there, 'tests')).toRefuse(
    `✗ ${green5} an error that no test caught`,
    'Error: not awaited',
  )
})

test('finds what a state leaves running, which would strike while other steps run', async () => {
  using there = soundCourse()
  const late = "setTimeout(() => {\n  throw new Error('late')\n}, 900)\n"
  edit(green2, 'src/index.ts', /[^]*/, `$&${late}`)(there)
  edit(
    green5,
    'src/index.ts',
    /[^]*/,
    `import { createServer } from 'node:net'
import { setInterval as every } from 'node:timers'
import { setTimeout as later } from 'node:timers/promises'
import { promisify } from 'node:util'
setTimeout(() => {}, 901).unref()
every(() => {}, 902)
void promisify(setTimeout)(903)
void later(904)
process.on('SIGUSR2', () => {})
createServer().listen(0)
$&`,
  )(there)
  const found = [
    '2 problems in the course:',
    `✗ ${green2} after its last test there is still a timer of 900 ms, made in src/index.ts`,
    'Fix: let the test that starts it end it',
    `✗ ${green5} after its last test there is still a timer of 901 ms, made in src/index.ts; an interval of 902 ms,`,
    'a timer of 903 ms, made in src/index.ts; a timer of 904 ms, made in src/index.ts;',
    'a listener for SIGUSR2 on process, made in src/index.ts; a server, made in src/index.ts',
  ]
  expect(await proofOf(there, 'tests')).toRefuse(...found)
  expect(await proofOf(there, 'tests'), 'the same again').toRefuse(...found)
})

test('remembers nothing of a worker in which an error went uncaught: whose it was is not certain', async () => {
  using there = soundCourse()
  edit(green5, 'src/index.ts', /[^]*/, "$&\nvoid Promise.reject(new Error('not awaited'))\n")(there)
  await proofOf(there, 'tests')
  const { course, problems } = loadCourse(there.root)
  expect((await verify(course, problems, 'tests')).reused).toBe(0)
})

test('remembers how a wrong answer ended, whatever it left uncaught: it is there to go wrong', async () => {
  using there = soundCourse()
  const wrong = "with: '=> void Promise.reject(new Error()) ?? 0'"
  edit(
    green5,
    'step.yaml',
    /wrong:[^]*hints:/,
    `wrong:\n  - { mistake: rejects, file: src/index.ts, replace: '=> -one', ${wrong} }\nhints:`,
  )(there)
  expect(await proofOf(there, 'tests')).toSay('2 wrong answers: each is caught', '8 test files were run')
  const { course, problems } = loadCourse(there.root)
  expect((await verify(course, problems, 'tests')).reused).toBe(8)
})

/** What only coverage, types and lint can show: none of it is in the way of another. */
const measured: readonly Row[] = [
  {
    rule: 'a line that no test asked for',
    sabotage: edit(green5, 'src/index.ts', /[^]*/, '$&export const more = () => 1\n'),
    found: [
      `✗ ${green5}/src/index.ts line 3: no test runs this`,
      'export const more = () => 1',
      'Fix: delete it',
    ],
  },
  {
    rule: 'a line that no test asked for, in a step that has neighbours without it',
    sabotage: edit(green2, 'src/index.ts', /[^]*/, '$&export const more = () => 1\n'),
    found: [
      `✗ ${green2}/src/index.ts line 2: no test runs this`,
      'export const more = () => 1',
      `✗ ${refactor3}/src/index.ts a refactor keeps what src/index.ts exports, but "more" is gone`,
    ],
  },
  {
    rule: 'a branch that no test asked for',
    sabotage: edit(green5, 'src/index.ts', '=> -one', '=> (one ? -one : 0)'),
    found: [`✗ ${green5}/src/index.ts line 2: no test runs this branch`],
  },
  {
    rule: 'a file that no test loads',
    sabotage: (there) =>
      there.types({
        [`${green5}/src/more.ts`]: 'export const more = 1\n',
        'src/more.ts': 'export const more = 1\n',
      }),
    found: [`✗ ${green5}/src/more.ts line 1: no test runs this statement: export const more = 1`],
  },
  {
    rule: 'a type error in a green',
    sabotage: edit(green5, 'src/index.ts', 'negate = (one: number)', '$&: string'),
    found: [`✗ ${green5}/src/index.ts line 2 at this step: TS2322`],
  },
  {
    rule: 'a green that the linter does not like',
    sabotage: edit(refactor3, 'src/deep/add.ts', 'one: number, other: number', 'one: any, other: number'),
    found: [`✗ ${refactor3}/src/deep/add.ts line 1 at this step:`, 'no-explicit-any'],
  },
]

test(`finds ${measured.map(({ rule }) => rule).join('; ')}`, async () => {
  using there = soundCourse()
  for (const { sabotage } of measured) sabotage(there)
  const proof = await proofOf(there, 'everything')
  const problems = measured.flatMap(({ found }) => found.filter((piece) => piece.startsWith('✗')))
  expect(proof).toRefuse(`${problems.length} problems in the course`)
  for (const { found } of measured) expect(proof).toRefuse(...found)
})

test('lets a test watch over itself with a timer that is not waited for, and close what it opened', async () => {
  using there = soundCourse()
  edit(
    red4,
    'test/less.test.ts',
    /^/,
    `import { createServer } from 'node:net'
setTimeout(() => {}, 900).unref()
clearTimeout(setTimeout(() => {}, 900))
createServer().listen(0).close()
`,
  )(there)
  expect(await proofOf(there, 'tests')).toSay('The course is proven')
})

test('allows a refactor of tests that keeps what they ask for', async () => {
  using there = soundCourse()
  there.deletes(`${refactor3}/src`)
  edit(green5, 'step.yaml', /removes:\n.*\n/, '')(there)
  retell(refactor3, 'expect(add(1, 2)).toBe(3)', 'const sum = add(1, 2)\n  expect(sum).toBe(3)')(there)
  expect(await proofOf(there, 'everything')).toSay('1 test told anew: it catches what it caught')
})

test('finds all of it at once', async () => {
  using there = soundCourse()
  for (const sabotage of [
    edit(red1, 'step.yaml', 'message: Cannot find module', 'message: Cannot find the module'),
    edit(green2, 'step.yaml', '  - Plainly.\n', ''),
    edit(refactor3, 'src/deep/add.ts', 'one: number, other: number', 'one: any, other: number'),
    edit(red4, 'step.yaml', 'negate is not a function', 'minus is not a function'),
    edit(red4, 'test/less.test.ts', /[^]*/, addTest('adds again', 'expect(sum.add(1, 1)).toBe(2)')),
    edit(green5, 'src/index.ts', 'negate = (one: number)', '$&: string'),
    edit(green5, 'src/index.ts', /[^]*/, '$&export const more = () => 1\n'),
  ]) {
    sabotage(there)
  }
  there.types({ 'src/index.ts': 'mine', [`${red4}/src/index.ts`]: "export { add } from './deep/add.ts'\n" })
  there.types({ 'steps/07-green-more/README.md': 'no heading', 'steps/07-green-more/step.yaml': '- a list' })

  expect(await there.step('verify')).toRefuse(
    `✗ ${red1} amber:`,
    `✗ ${green2}/step.yaml it has one hint`,
    `✗ ${refactor3}/src/deep/add.ts line 1 at this step:`,
    `✗ ${red4} red for another reason:`,
    `✗ ${red4} a red adds exactly one test`,
    `✗ ${red4}/src/index.ts a red never touches src/`,
    `✗ ${red4}/src/index.ts it is the same as in the step before`,
    `✗ ${green5}/src/index.ts line 2 at this step: TS2322`,
    `✗ ${green5}/src/index.ts line 3: no test runs this`,
    '✗ steps/07-green-more step 6 is missing before it',
    '✗ steps/07-green-more/README.md it does not begin with a heading',
    '✗ steps/07-green-more/step.yaml it is not a list of names and values',
    '✗ steps/07-green-more a green without a red: it follows a green',
    '✗ src/index.ts it differs from the last step',
  )
})

test('runs only what can have changed since the last proof, and what was wrong', async () => {
  using there = soundCourse()
  await there.step('verify')
  expect(await there.step('verify')).toSay('8 test files were run', '8 of these had run before')

  edit(green5, 'src/index.ts', '-one', '0 - one')(there)
  expect(await there.step('verify')).toSay('5 of these had run before')

  edit(green5, 'src/index.ts', '0 - one', 'one')(there)
  expect(await there.step('verify', 'tests')).toRefuse('it should be green: "negates" fails')
  expect(await there.step('verify', 'tests')).toRefuse('it should be green: "negates" fails')

  edit(green5, 'src/index.ts', '=> one\n', '=> -one\n')(there)
  const fresh = await there.step('verify', 'tests', 'fresh')
  expect(fresh).toSay('The course is proven')
  expect(fresh.stdout).not.toContain('had run before')

  edit(refactor3, 'src/deep/add.ts', /^/, '// Adds.\n')(there)
  expect(await there.step('verify', 'tests'), 'no test sees a comment').toSay('8 of these had run before')
  edit(refactor3, 'src/deep/add.ts', /^/, '/// <reference types="no-such-types" />\n')(there)
  expect(await there.step('verify'), 'but the type checker may').toRefuse(
    `✗ ${refactor3}/src/deep/add.ts line 1 at this step: TS2688`,
  )
})

test('looks at types again wherever something was wrong with them', async () => {
  using there = soundCourse()
  await there.step('verify')
  const wrong = 'export const wrong: string = 1\n'
  edit(refactor3, 'src/index.ts', /$/, wrong)(there)
  edit(green5, 'src/index.ts', /$/, wrong)(there)
  expect(await there.step('verify')).toRefuse(`✗ ${refactor3}/src/index.ts line 2 at this step: TS2322`)
  // The same mistake in a later step was not said a second time; it is found now, though the step has not changed.
  edit(refactor3, 'src/index.ts', wrong, '')(there)
  expect(await there.step('verify')).toRefuse(`✗ ${green5}/src/index.ts line 3 at this step: TS2322`)
  edit(green5, 'src/index.ts', wrong, '')(there)
  expect(await there.step('verify')).toSay('The course is proven', 'had run before')
})

const shows = (command: string) => `Look.\n\n<!-- run: ${command} -->\n\`\`\`text\nold\n\`\`\`\n`

test('a command that a document shows and that fails is a problem, and the exit code says so', async () => {
  using there = soundCourse().types({
    'tsconfig.json': '{}',
    'vitest.config.ts': '',
    'configs/.keep': '',
    'README.md': shows('npm run step nonsense') + shows('npm run step 2'),
  })
  expect(await there.step('verify')).toRefuse(
    '2 problems in the course',
    '✗ README.md "npm run step nonsense" fails with exit code 1: "nonsense" is neither the number of a step',
    'Fix: type it to see all it says',
    '✗ README.md it does not show what "npm run step 2" prints now',
  )
})

test('two proofs take turns, and the second says that it waits', async () => {
  using there = soundCourse()
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
  there.types({ '.course/proof.lock/.made-by-npm-run-step': `${other.pid}-1` })
  const second = there.starts('verify', 'tests')
  const said = { stdout: '', stderr: '' }
  second.stdout.on('data', (text) => (said.stdout += String(text)))
  second.stderr.on('data', (text) => {
    said.stderr += String(text)
    other.kill() // It has been heard to wait: now the first one ends.
  })

  const [status] = await once(second, 'close')

  // Wrapped at the width of the terminal.
  expect(said.stderr.replaceAll(/\s+/g, ' ')).toBe(
    ` Another proof is at work here (process ${other.pid}): this one begins when that has ended. `,
  )
  expect(said.stdout).toContain('The course is proven')
  expect(status).toBe(0)
  expect(there.reads('.course/proof.lock')).toBeNull()
})
