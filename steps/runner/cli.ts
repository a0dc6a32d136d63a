import { setTimeout as pause } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { closest } from './terminal/did-you-mean.ts'
import type { Command } from './commands/command.ts'
import { mayFollow, mayOnlyFollow, usageOf, words, wordsFor } from './terminal/words.ts'
import type { Problem } from './course/problem.ts'
import { loadCourse, type Course, type Step } from './course/read-course.ts'
import { handleSignals } from './system/clean-up.ts'
import { neighbourhood } from './terminal/step-picture.ts'
import { probablyAt } from './workspace/standing.ts'
import { rememberContracts } from './course/contract-cache.ts'
import { leavesEarlier, locationsOf } from './system/locations.ts'
import { checkedFolder } from './system/write-file.ts'
import { underCi } from './system/under-ci.ts'
import { Refusal, reasonOf } from './system/refusal.ts'
import {
  complain,
  marked,
  paint,
  printingTo,
  printsElsewhere,
  width,
  wrap,
  type Output,
} from './terminal/print.ts'

/** What a word does. Loaded when called for: the text of a step is not to wait for the rest. */
async function commandOf(name: string): Promise<Command> {
  const file = (await import(`./commands/${name}.ts`)) as Readonly<Record<string, Command>>
  const command = file[name]
  if (!command) throw new Error(`commands/${name}.ts exports no "${name}"`)
  return command
}

/** Does what was typed, and answers with the exit code. Says on stderr what it will not do, and then changes nothing. */
export async function main(typed: readonly string[], root: string): Promise<number> {
  try {
    checkedFolder(locationsOf(root).scratch)
    if (leavesEarlier(root)) (await import('./workspace/move-over.ts')).moveOver(root)
    const memory = rememberContracts(root, underCi() || typed.includes('fresh'))
    const { course, problems } = loadCourse(root, memory.read)
    memory.keep()
    const damage = problems.length > 0 ? damaged(problems) : null
    if (damage && !worksNow(typed)) throw damage
    const { name, rest } = understand(withWhatNpmTook(typed), course)
    if (!words[name]?.endsByItself && !printsElsewhere()) handleSignals()
    const command = await commandOf(name)
    return await command({ course, problems, words: rest })
  } catch (error) {
    // Ctrl-C ends child processes too. Let the signal handler run first, so that their failure is not reported.
    await pause(1)
    const { message, next } = error instanceof Refusal ? error : unforeseen(error)
    complain('', ...marked(paint('red', '✗'), message))
    complain(
      ...next.flatMap((line) => (stripVTControlCharacters(line).length > width() - 2 ? wrap(line) : line)),
      '',
    )
    return 1
  }
}

/**
 * The same inside of a process that does other things as well: what it says goes to `output`, and signals and the exit
 * code stay the process's own.
 */
export async function run(typed: readonly string[], root: string, output: Output): Promise<number> {
  const { exitCode } = process
  try {
    return await printingTo(output, () => main(typed, root))
  } finally {
    process.exitCode = exitCode // Vitest sets it when tests fail, as many of ours have to.
  }
}

interface Understood {
  /** Of the command: the word that was typed, or `where` without any and `go` for a number. */
  readonly name: string
  readonly rest: readonly string[]
}

function understand(typed: readonly string[], course: Course): Understood {
  const [first, ...rest] = typed
  if (first === undefined) return { name: 'where', rest }
  if (isNumberOf(first, course)) {
    if (rest.length > 0) throw tooMuch(typed, 'one step')
    return { name: 'go', rest: [first] }
  }
  if (isHelp(first)) return { name: 'help', rest }
  if (!Object.hasOwn(words, first)) throw notUnderstood(first, course)
  if (rest.some(isHelp)) return { name: 'help', rest: [first] }
  if (rest.length > mayFollow(first)) throw tooMuch(typed, amounts[mayFollow(first)] ?? '')
  const only = mayOnlyFollow(first)
  const odd = rest.find((word) => only?.includes(word) === false)
  if (odd !== undefined) throw notTaken(first, only ?? [], odd)
  return { name: first, rest }
}

const notTaken = (name: string, only: readonly string[], came: string): Refusal =>
  new Refusal(
    `"${name}" takes the ${only.length === 1 ? 'word' : 'words'} ${only.join(' and ')}, or nothing, but this came: ${came}`,
    ...['', ...only].map((word) => `Type: npm run step ${name} ${word}`.trimEnd()),
  )

/** Whether this may be done in a damaged course. */
const worksNow = ([first = '', ...rest]: readonly string[]) =>
  isHelp(first) ||
  rest.some(isHelp) ||
  (Object.hasOwn(words, first) && words[first]?.worksWhenDamaged === true)

/** npm passes these on only after a `--`. */
const isHelp = (typed: string) => typed === '--help' || typed === '-h'

const amounts = ['nothing after it', 'one word after it', 'two words after it']

const isNumberOf = (typed: string, course: Course) =>
  /^\d+$/.test(typed) && course.steps.some(({ number }) => number === Number(typed))

function tooMuch(typed: readonly string[], expected: string): Refusal {
  const came = typed.map((one) => `npm run step ${one}`)
  return /^\d+$/.test(typed[0] ?? '')
    ? new Refusal(
        `Expected ${expected}, but ${typed.length} came: ${typed.join(' ')}`,
        `Type one of: ${came.join(', ')}`,
      )
    : new Refusal(
        `"${typed[0]}" takes ${expected}, but this came: ${typed.slice(1).join(' ')}`,
        `Type: npm run step ${usageOf(typed[0] ?? '')}`,
      )
}

function notUnderstood(typed: string, course: Course): Refusal {
  const here = probablyAt(course)
  const steps = `1 to ${course.steps.length}`
  const said = typed.trim()
  const message =
    said === ''
      ? `Expected the number of a step (${steps}) or a word, but nothing came.`
      : /^[-+]?[\d.,]+$/.test(said)
        ? `There is no step ${said}: the course has the steps ${steps}.`
        : `"${said}" is neither the number of a step (${steps}) nor a word of the course.`
  const meant = guess(said, course, here)
  return new Refusal(
    message,
    '',
    ...neighbourhood(course, here),
    '',
    ...(meant === null ? [] : [`Did you mean: npm run step ${meant}`]),
    `Words: ${wordsFor('learner').join(', ')}`,
    'All of them, and what they do: npm run step help',
  )
}

/** What was probably meant, as it can be typed: a word, the number of a step whose name was typed, or null. */
function guess(typed: string, course: Course, here: Step | null): string | null {
  if (/^\d*[.,]\d+$/.test(typed)) return nearest(Math.trunc(Number(typed.replace(',', '.'))), course)
  // Below zero: so many steps back from here.
  if (/^-\d+$/.test(typed)) return nearest((here?.number ?? 1) + Number(typed), course)
  if (/^\d+$/.test(typed)) return nearest(Number(typed), course)
  const plain = typed.replace(/^-+/, '')
  const slug = closest(
    plain,
    course.steps.map((step) => step.slug),
  )
  const step = course.steps.find((one) => one.slug === slug || one.folder === typed)
  return closest(plain, Object.keys(words)) ?? (step ? String(step.number) : null)
}

const nearest = (number: number, course: Course) => String(Math.max(1, Math.min(number, course.steps.length)))

function damaged(problems: readonly Problem[]): Refusal {
  const shown = problems.slice(0, 5)
  return new Refusal(
    'The course itself is damaged, so nothing was done.',
    ...shown.flatMap(({ where: place, what, fix }) => [
      '',
      ...wrap(`${place}: ${what}`),
      ...wrap(`Fix: ${fix}`),
    ]),
    ...(problems.length > shown.length
      ? ['', `… and ${problems.length - shown.length} more. All of them: npm run step verify`]
      : []),
    '',
    'To see whether they are only missing here: git status steps',
  )
}

function unforeseen(error: unknown): Refusal {
  if (['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(reasonOf(error))) {
    return new Refusal("The course's packages are not completely installed.", 'Type this first: npm ci')
  }
  return new Refusal(
    `The runner itself failed: ${reasonOf(error)}`,
    'Your work is in src/ and test/, or in a save: npm run step saves',
    ...(error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 5) : []),
  )
}

/** npm takes `-1` for an option of its own, and does not pass it on; it only leaves a trace in the environment. */
function withWhatNpmTook(typed: readonly string[]): readonly string[] {
  const taken = Object.keys(process.env).flatMap((name) => /^npm_config_(\d.*)$/.exec(name)?.[1] ?? [])
  return [...taken.map((number) => `-${number}`), ...typed]
}
