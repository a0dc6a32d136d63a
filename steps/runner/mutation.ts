import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Course } from './course.ts'
import { foldsOf, testFilesOf } from './fold.ts'
import { runTests, type FileLight } from './lights.ts'
import { mutantsOf, type Mutant } from './mutants.ts'
import { layOut } from './proof-folder.ts'

export interface Mutation {
  /** How many were caught, for each step that adds code. */
  readonly killed: ReadonlyMap<number, number>
  /** All tests of its step pass with it. */
  readonly survivors: readonly Mutant[]
}

/**
 * Changes every line that a green or refactor adds, one small thing at a time, and looks whether the tests of that step
 * notice. The test that asked for the line goes first, then its file, then the others: most are caught at once.
 */
export async function mutate(course: Course, steps: (number: number) => boolean): Promise<Mutation> {
  const folds = foldsOf(course).filter(({ step }) => steps(step.number))
  const reds = new Map(course.steps.map((step) => [step.number, askedBy(course, step.number)]))
  const mutants = folds.flatMap(mutantsOf)
  let alive = mutants.map((mutant, index) => ({ mutant, folder: `mutant-${index}` }))
  const rounds: readonly ((mutant: Mutant) => readonly Run[])[] = [
    ({ number }) => {
      const asked = reds.get(number)
      return asked ? [asked] : []
    },
    ({ number }) => {
      const file = reds.get(number)?.file
      return file === undefined ? [] : [{ file }]
    },
    ({ state }) => testFilesOf(state).map((file) => ({ file })),
  ]
  for (const round of rounds) {
    const caught = await catches(
      course,
      alive.map(({ mutant, folder }) => ({ folder, mutant, runs: round(mutant) })),
    )
    alive = alive.filter(({ folder }) => !caught.has(folder))
  }
  const survivors = alive.map(({ mutant }) => mutant)
  const killed = new Map<number, number>()
  for (const mutant of mutants) {
    if (!survivors.includes(mutant)) killed.set(mutant.number, (killed.get(mutant.number) ?? 0) + 1)
  }
  return { killed, survivors }
}

interface Run {
  readonly file: string
  /** The one test to run; by default all. */
  readonly test?: string
}

function askedBy({ steps }: Course, number: number): Run | null {
  const contract = steps.findLast((step) => step.number < number && step.phase === 'red')?.contract
  return contract?.fails ? { file: contract.fails.file, test: contract.fails.test } : null
}

interface Suspect {
  readonly folder: string
  readonly mutant: Mutant
  readonly runs: readonly Run[]
}

/** The folders of the mutants that a test noticed. */
async function catches(course: Course, suspects: readonly Suspect[]): Promise<ReadonlySet<string>> {
  const root = join(course.root, '.course', 'mutation')
  const states = new Map(suspects.map(({ folder, mutant }) => [folder, mutant.state]))
  layOut(root, states)
  const runs = suspects.flatMap(({ folder, runs: own }) =>
    own.map(({ file, test }) => ({ path: `${folder}/${file}`, test })),
  )
  const only = new Map(runs.flatMap(({ path, test }) => (test === undefined ? [] : [[path, test] as const])))
  const { files, strays } = await runTests({
    root,
    states,
    files: runs.map(({ path }) => path),
    only,
    threads: availableParallelism() * 2,
    timeout: 1_000,
    setupFiles: [fileURLToPath(new URL('clean-slate.ts', import.meta.url))],
  })
  const noticed = [...files].filter(([, light]) => notices(light)).map(([path]) => path)
  const strayed = strays.flatMap(({ file }) => (file === null ? [] : [file]))
  return new Set([...noticed, ...strayed].map((path) => path.split('/', 1)[0] ?? ''))
}

const notices = (light: FileLight) =>
  light.kind === 'amber' || light.tests.some(({ kind }) => kind === 'failed')
