import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readContract, type Contract } from './read-contract.ts'
import { readLesson } from './read-lesson.ts'
import type { Problem } from './problem.ts'

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

/**
 * The step whose folder has or once had this name: what the learner's files remember of a step outlives a renumbering.
 * A number alone is that of the step.
 */
export function stepNamed({ steps }: Course, folder: string): Step | undefined {
  const name = folder.replace(/^\d+-/, '')
  return (
    steps.find((step) => step.folder === folder) ??
    steps.find(({ phase, slug }) => `${phase}-${slug}` === name) ??
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
    const parts = stepName.exec(folder)?.groups
    if (!parts) {
      problems.push({
        where: `steps/${folder}`,
        what: 'this is not the name of a step',
        fix: 'name it NN-red-…, NN-green-… or NN-refactor-…, in lower case with dashes, or move it away',
      })
      continue
    }
    const files = new Map<string, Buffer>()
    collect(join(root, 'steps', folder), `steps/${folder}`, '', files, problems)
    /** One of the two texts that are not files of the course's state. */
    const take = <Text extends { readonly problems: readonly Problem[] }>(
      name: string,
      reader: (text: string, where: string) => Text,
    ): Text => {
      const where = `steps/${folder}/${name}`
      const bytes = files.get(name)
      files.delete(name)
      const found = reader(bytes?.toString('utf8') ?? '', where)
      const fix = `bring it back: git checkout -- steps/${folder}, or write it: docs/writing-a-step.md`
      problems.push(...(bytes ? found.problems : [{ where, what: 'it is missing', fix }]))
      return found
    }
    const { title, lesson } = take('README.md', readLesson)
    const { contract } = take('step.yaml', read)
    for (const path of files.keys()) {
      if (/^(?:src|test)\//.test(path)) continue
      files.delete(path)
      problems.push({
        where: `steps/${folder}/${path}`,
        what: 'a step holds src/, test/, README.md and step.yaml, nothing else',
        fix: 'move this file into src/ or test/, or away',
      })
    }
    const phase = parts['phase'] as Phase
    steps.push({
      number: Number(parts['number']),
      phase,
      slug: parts['slug'] ?? '',
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
    problems.push({ where: 'steps', what, fix: 'bring the steps back: git checkout -- steps' })
  try {
    const folders = readdirSync(join(root, 'steps'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'runner' && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .toSorted()
    if (folders.length === 0) none('it holds no step')
    return folders
  } catch (error) {
    none(`it cannot be read (${reason(error)})`)
    return []
  }
}

/** Fills `files` with everything under `disk`, by its path inside the step, whatever the disk's separator is. */
function collect(
  disk: string,
  where: string,
  inside: string,
  files: Map<string, Buffer>,
  problems: Problem[],
): void {
  try {
    for (const entry of readdirSync(disk, { withFileTypes: true })) {
      if (litter.has(entry.name)) continue
      const path = inside + entry.name
      if (entry.isDirectory()) collect(join(disk, entry.name), where, `${path}/`, files, problems)
      else if (entry.isFile()) files.set(path, readFileSync(join(disk, entry.name)))
      else {
        problems.push({
          where: `${where}/${path}`,
          what: 'this is a link or a device, not a file',
          fix: 'put an ordinary file in its place',
        })
      }
    }
  } catch (error) {
    problems.push({
      where: `${where}/${inside}`.replace(/\/$/, ''),
      what: `it cannot be read (${reason(error)})`,
      fix: 'make its files readable for you',
    })
  }
}

function numbering(steps: readonly Step[]): readonly Problem[] {
  const named = (one: Step) => `${one.phase}-${one.slug}`
  const twins = steps.filter((step, index) => steps.findIndex((one) => named(one) === named(step)) < index)
  const double = twins.map((step) => ({
    where: `steps/${step.folder}`,
    what: `another step is called ${named(step)}, too`,
    fix: 'give it a name of its own: what learners have kept is found again by it',
  }))
  const gaps = steps.flatMap((step, index) => {
    const before = steps[index - 1]?.number ?? 0
    if (step.number === before + 1) return []
    const where = `steps/${step.folder}`
    const twice = step.number === before
    return [
      {
        where,
        what: twice ? `there are two steps ${step.number}` : `step ${before + 1} is missing before it`,
        fix: twice
          ? 'number the steps 01, 02, 03, … without a double'
          : 'bring the missing step back (git checkout -- steps), or close the gap in the numbers',
      },
    ]
  })
  return [...gaps, ...double]
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
