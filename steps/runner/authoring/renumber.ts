import { deleteFolder, moveFile, writeFile } from '../system/write-file.ts'
import type { Course, Step } from '../course/read-course.ts'
import { stateAt } from '../course/state.ts'

/**
 * Makes room for a red and a green from a number on, and puts drafts of both there, with the chapter's tests as they
 * were before. The chapter is that of the step which had the number, at the end that of the last. Answers with the
 * files that were written.
 */
export function insertCycle(course: Course, number: number, slug: string): readonly string[] {
  const chapter = (course.steps[number - 1] ?? course.steps.at(-1))?.contract.chapter ?? slug
  const tests = `test/${chapter}.test.ts`
  const known = stateAt(course, number - 1).get(tests)
  shift(course, number, 2)
  const red = `steps/${folderOf(number, 'red', slug, course)}`
  const green = `steps/${folderOf(number + 1, 'green', slug, course)}`
  const heading = `# ${slug.replaceAll('-', ' ')}\n`
  const drafts: readonly (readonly [string, string | Buffer])[] = [
    [`${red}/README.md`, heading],
    [`${red}/step.yaml`, `chapter: ${chapter}\n${failure}`],
    ...(known ? [[`${red}/${tests}`, known] as const] : []),
    [`${green}/README.md`, heading],
    [`${green}/step.yaml`, `chapter: ${chapter}\n${mistake}`],
  ]
  for (const [path, bytes] of drafts) writeFile({ root: course.root, path }, bytes)
  return drafts.map(([path]) => path)
}

/** What there is of a cycle from a step on: of a red, that, its green and the refactors after it. */
export function cycleAt(course: Course, from: Step): readonly Step[] {
  const after = course.steps.filter(({ number }) => number > from.number)
  const next = after.findIndex(({ phase }) => phase === 'red')
  return [from, ...(next === -1 ? after : after.slice(0, next))]
}

/** Deletes the steps, which follow one another, and closes the gap. */
export function removeSteps(course: Course, gone: readonly Step[]): void {
  for (const { folder } of gone) deleteFolder({ root: course.root, path: `steps/${folder}` })
  const last = gone.at(-1)
  if (last) shift(course, last.number + 1, -gone.length)
}

/** Lessons and contracts that name the number of a step in this range: these numbers are other ones now. */
export function lessonsNaming(course: Course, from: number, to = Infinity): readonly string[] {
  return course.steps.flatMap(({ folder, lesson, contract }) => [
    ...(names(lesson, from, to) ? [`steps/${folder}/README.md`] : []),
    ...(names(JSON.stringify(contract), from, to) ? [`steps/${folder}/step.yaml`] : []),
  ])
}

const names = (text: string, from: number, to: number) =>
  [...text.matchAll(/\bsteps? (?<number>\d+)/gi)].some(({ groups }) => {
    const number = Number(groups?.['number'])
    return number >= from && number <= to
  })

function shift(course: Course, from: number, by: number): void {
  const moving = course.steps.filter(({ number }) => number >= from)
  // The step that makes room moves first, so that no two steps ever have the same folder.
  for (const { number, phase, slug, folder } of by > 0 ? moving.toReversed() : moving) {
    const target = folderOf(number + by, phase, slug, course)
    moveFile({ root: course.root, path: `steps/${folder}` }, { root: course.root, path: `steps/${target}` })
  }
}

/** What a step is called at this number, with as many digits as the others have. */
export function folderOf(number: number, phase: string, slug: string, { steps }: Course): string {
  const digits = /^\d+/.exec(steps[0]?.folder ?? '')?.[0].length ?? 3
  return `${String(number).padStart(digits, '0')}-${phase}-${slug}`
}

const failure = `does: In one plain line, what it asks for
fails:
  test: the full name of the new test
  error: AssertionError
  message: a piece of its message
hints:
  - A question that points the way.
  - The test, nearly.
`

const mistake = `hints:
  - A question that points the way.
  - The code, nearly.
wrong:
  - mistake: what a real developer gets wrong here
    file: src/index.ts
    replace: a piece of the file that is in it once
    with: the mistake
`
