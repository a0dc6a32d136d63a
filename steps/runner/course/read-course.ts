import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readContract, type Contract } from './read-contract.ts'
import { readLesson } from './read-lesson.ts'
import { problemAt, problemIn, type Problem } from './problem.ts'
import { reasonOf } from '../system/refusal.ts'

export type Phase = 'red' | 'green' | 'refactor'

export interface Step {
  /** From 1. */
  readonly number: number
  readonly phase: Phase
  readonly slug: string
  /** Such as `03-refactor-name-the-contract`, in `steps/`. */
  readonly folder: string
  /** The heading of its lesson. */
  readonly title: string
  readonly contract: Contract
  /** Its README, whole. */
  readonly lesson: string
  /** What the step adds or changes, whole: `src/index.ts` -> bytes. README and contract are not among them. */
  readonly files: ReadonlyMap<string, Buffer>
}

export interface Course {
  /** The repository's folder on this disk. */
  readonly root: string
  /** In order of their numbers. */
  readonly steps: readonly Step[]
}

const stepName = /^(?<number>\d{2,})-(?<phase>red|green|refactor)-(?<slug>[a-z0-9]+(?:-[a-z0-9]+)*)$/

/** What a step is called whatever its number is. */
export const nameOf = ({ phase, slug }: Pick<Step, 'phase' | 'slug'>): string => `${phase}-${slug}`

/**
 * The step whose folder has or once had this name: what the learner's files remember of a step outlives a renumbering.
 * A number alone is that of the step.
 */
export function stepNamed({ steps }: Course, folder: string): Step | undefined {
  const name = folder.replace(/^\d+-/, '')
  return (
    steps.find((step) => step.folder === folder) ??
    steps.find((step) => nameOf(step) === name) ??
    (/^\d+$/.test(folder) ? steps.find(({ number }) => number === Number(folder)) : undefined)
  )
}

/** What file managers leave behind in folders that they only showed. */
const litter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/** Reads the whole course, and everything that is wrong with its folders and contracts. Never throws. */
export function loadCourse(
  root: string,
  read: typeof readContract = readContract,
): { readonly course: Course; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const steps: Step[] = []
  for (const folder of stepFolders(root, problems)) {
    const complain = (path: string, what: string, fix: string) =>
      problems.push(problemIn({ folder }, path, what, fix))
    const { number, phase, slug = '' } = stepName.exec(folder)?.groups ?? {}
    if (number === undefined) {
      const fix = 'name it NN-red-…, NN-green-… or NN-refactor-…, in lower case with dashes, or move it away'
      complain('', 'this is not the name of a step', fix)
      continue
    }
    const files = new Map<string, Buffer>()
    collect(join(root, 'steps', folder), '', files, complain)
    /** One of the two texts that are not files of the course's state. */
    const take = <Text extends { readonly problems: readonly Omit<Problem, 'step'>[] }>(
      name: string,
      reader: (text: string, where: string) => Text,
    ): Text => {
      const bytes = files.get(name)
      files.delete(name)
      const found = reader(bytes?.toString('utf8') ?? '', `steps/${folder}/${name}`)
      const fix = `bring it back: git checkout -- steps/${folder}, or write it: docs/writing-a-step.md`
      if (bytes) problems.push(...found.problems.map((one) => ({ ...one, step: folder })))
      else complain(name, 'it is missing', fix)
      return found
    }
    const { title, lesson } = take('README.md', readLesson)
    const { contract } = take('step.yaml', read)
    for (const path of files.keys()) {
      if (/^(?:src|test)\//.test(path)) continue
      files.delete(path)
      const what = 'a step holds src/, test/, README.md and step.yaml, nothing else'
      complain(path, what, 'move this file into src/ or test/, or away')
    }
    steps.push({
      number: Number(number),
      phase: phase as Phase,
      slug,
      folder,
      title,
      contract,
      lesson,
      files,
    })
  }
  steps.sort((one, other) => one.number - other.number)
  problems.push(...numbering(steps))
  return { course: { root, steps }, problems }
}

function stepFolders(root: string, problems: Problem[]): readonly string[] {
  const none = (what: string) =>
    problems.push(problemAt('steps', what, 'bring the steps back: git checkout -- steps'))
  try {
    const folders = readdirSync(join(root, 'steps'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'runner' && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .toSorted()
    if (folders.length === 0) none('it holds no step')
    return folders
  } catch (error) {
    none(`it cannot be read (${reasonOf(error)})`)
    return []
  }
}

/** Fills `files` with everything under `disk`, by its path inside the step, whatever the disk's separator is. */
function collect(
  disk: string,
  inside: string,
  files: Map<string, Buffer>,
  complain: (path: string, what: string, fix: string) => void,
): void {
  try {
    for (const entry of readdirSync(disk, { withFileTypes: true })) {
      if (litter.has(entry.name)) continue
      const path = inside + entry.name
      if (entry.isDirectory()) collect(join(disk, entry.name), `${path}/`, files, complain)
      else if (entry.isFile()) files.set(path, readFileSync(join(disk, entry.name)))
      else complain(path, 'this is a link or a device, not a file', 'put an ordinary file in its place')
    }
  } catch (error) {
    const what = `it cannot be read (${reasonOf(error)})`
    complain(inside.replace(/\/$/, ''), what, 'make its files readable for you')
  }
}

function* numbering(steps: readonly Step[]): Iterable<Problem> {
  const names = steps.map(nameOf)
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1]?.number ?? 0
    if (step.number === before) {
      const fix = 'number the steps 01, 02, 03, … without a double'
      yield problemIn(step, '', `there are two steps ${step.number}`, fix)
    } else if (step.number !== before + 1) {
      const fix = 'bring the missing step back (git checkout -- steps), or close the gap in the numbers'
      yield problemIn(step, '', `step ${before + 1} is missing before it`, fix)
    }
  }
  for (const [index, step] of steps.entries()) {
    if (names.indexOf(nameOf(step)) === index) continue
    const fix = 'give it a name of its own: what learners have kept is found again by it'
    yield problemIn(step, '', `another step is called ${nameOf(step)}, too`, fix)
  }
}
