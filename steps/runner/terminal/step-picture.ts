import { chaptersOf, type Chapter, type PlannedTest } from '../course/chapters.ts'
import { partOf } from '../course/parts.ts'
import { proseOf, tokensOf } from '../course/markdown.ts'
import type { Course, Step } from '../course/read-course.ts'
import { badge, beside, bold, dim, lights, paint, width, wrap, type Light } from './print.ts'

/**
 * The first lines about a step: which it is, where in the course, and its chapter's test list, of which at most
 * `tests` lines are shown (by default all).
 */
export function pictureOf(course: Course, step: Step, tests = Infinity): readonly string[] {
  const chapters = chaptersOf(course)
  const chapter = chapters.find(({ slug }) => slug === step.contract.chapter)
  const lesson = `steps/${step.folder}/README.md`
  return [
    ...headline(course, step),
    '',
    ...(chapter ? [...chapterLine(course, chapter, chapters.length), ...testList(chapter, step, tests)] : []),
    '',
    ...(step.lesson === '' ? [] : beside('The idea', ideaOf(step.lesson))),
    ...beside('Lesson', lesson.length > width() - 11 ? 'npm run step lesson' : lesson),
  ]
}

/** What the course expects of a step, said before its tests are run. */
export function expectationOf(step: Step): readonly string[] {
  const { fails } = step.contract
  if (step.phase === 'red' && fails) {
    return beside(
      'Expected',
      `This step is supposed to fail: 1 test, ${fails.error}: ${fails.message.split('\n', 1)[0]}`,
      (line) => paint('red', line),
    )
  }
  const green = step.phase === 'green' ? 'All tests pass.' : 'All tests pass, as they did before.'
  return beside('Expected', green, (line) => paint('green', line))
}

/** The title of a green is its answer: it is shown only to a learner who has reached it. */
const isToCome = (step: Step, here: Step | null) =>
  step.phase === 'green' && step.number > (here?.number ?? Infinity)

/** A step on one line, as in a list. */
export function lineOf(step: Step, here: Step | null): string {
  const { shape, word } = lights[step.phase]
  const arrow = step === here ? '→' : ' '
  const line = `${arrow} ${String(step.number).padStart(3)}  ${paint(step.phase, `${shape} ${word.toLowerCase().padEnd(8)}`)}`
  const [title = '', ...more] = wrap(isToCome(step, here) ? '…' : step.title, width() - 24)
  const shown = more.length > 0 ? `${title} …` : title
  return `${line}  ${step === here ? bold(shown) : shown}`
}

/** The steps around the learner's own: what to choose from. */
export function neighbourhood(course: Course, here: Step | null): readonly string[] {
  const from = Math.max(0, Math.min((here?.number ?? 1) - 3, course.steps.length - 5))
  return course.steps.slice(from, from + 5).map((step) => lineOf(step, here))
}

/** "red", "green" or "refactor" in colour with its shape, then the title. */
function headline(course: Course, step: Step): readonly string[] {
  const plain = `Step ${step.number} of ${course.steps.length} · ${lights[step.phase].shape} ${lights[step.phase].word} · `
  const [first = '', ...more] = wrap(step.title, Math.max(width() - plain.length, 20))
  return [
    `${bold(`Step ${step.number} of ${course.steps.length}`)} · ${badge(step.phase)} · ${bold(first)}`,
    ...more.map((line) => ' '.repeat(plain.length) + bold(line)),
  ]
}

/**
 * The lights of the chapter up to the step, dots for what is still to come, and how far that is. `TDD_COURSE_LIGHTS=none`
 * leaves the lights out: a screen reader would read each of them.
 */
function lightsOf({ steps }: Chapter, here: Step): readonly string[] {
  const done = steps.filter(({ number }) => number <= here.number).length
  const far = `${done} of ${steps.length} steps`
  if (process.env['TDD_COURSE_LIGHTS'] === 'none' || steps.length + 2 + far.length > width()) return [far]
  const cells = steps.map(({ number, phase }) =>
    number <= here.number ? paint(phase, lights[phase].shape) : dim('·'),
  )
  return [`${cells.join('')}  ${dim(far)}`]
}

function chapterLine(course: Course, { number, slug, title }: Chapter, chapters: number): readonly string[] {
  const part = partOf(course, slug)
  return [`${part ? `Part ${part.number} · ` : ''}Chapter ${number} of ${chapters} · ${bold(title)}`]
}

function testList(chapter: Chapter, here: Step, most: number): readonly string[] {
  const { tests } = chapter
  const reached = tests.findLastIndex(({ red }) => red <= here.number)
  // The test at hand in the middle, as far as the list allows.
  const from = Math.max(0, Math.min(reached - Math.floor(most / 2), tests.length - most))
  const shown = tests.slice(from, from + most)
  const after = tests.length - from - shown.length
  return [
    ...lightsOf(chapter, here),
    ...(from > 0 ? [dim(`  ${lights.green.shape}   ${from} before these`)] : []),
    ...shown.flatMap((test) => testLines(test, here)),
    ...(after > 0 ? [dim(`  …   ${after} to come after these`)] : []),
  ]
}

function testLines({ does, red, green }: PlannedTest, here: Step): readonly string[] {
  const light: Light | null =
    green !== null && green <= here.number ? 'green' : red <= here.number ? 'red' : null
  const box = light === null ? '[ ]' : paint(light, `[${lights[light].shape}]`)
  return wrap(does, width() - 6).map((line, index) => `  ${index === 0 ? box : '   '} ${line}`)
}

const isOpen = (text: string) => text.split('(').length > text.split(')').length

/** The first sentences of a lesson, at most about three lines of them, without Markdown's marks. */
function ideaOf(lesson: string): string {
  const tokens = tokensOf(lesson)
  const begin = tokens.findIndex(({ type, level }) => type === 'paragraph_open' && level === 0)
  const text = proseOf(tokens[begin + 1] ?? { children: [] })
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/:$/, '.')
  const sentences = text.match(/.+?(?:[.!?](?=\s|$)|$)/g) ?? []
  let idea = ''
  for (const sentence of sentences) {
    // A bracket that is open is closed before the end.
    if (idea !== '' && !isOpen(idea) && idea.length + sentence.length > 3 * 60) break
    idea += sentence
  }
  return idea.trim()
}
