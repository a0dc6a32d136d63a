import { nameOf, type Course } from '../course/read-course.ts'
import { foldsOf, type State } from '../course/state.ts'
import { mutated, mutationsOf } from './mutators.ts'

/** A state with one small change. */
export interface Mutant {
  /** 'green-finally src/index.ts: `await use(x)` -> `use(x)`', without the step's number, for numbers move. */
  readonly name: string
  readonly place: MutatedState
  readonly state: State
  /** The file with the change. */
  readonly file: string
  /** The test that asked for the line. */
  readonly asked: Asked
}

/** Where mutants are made: the step that added the line, or `src/` as it is in the end. */
export type MutatedState = number | 'finished'

export interface Asked {
  readonly file: string
  /** Full name. */
  readonly test: string
}

/** Every mutant of what the greens and refactors add to `src/`, and of the finished `src/`, every line of it. */
export function mutantsOf(course: Course): readonly Mutant[] {
  const mutants: Mutant[] = []
  const asked = new Map<string, Asked>()
  let red: Asked = { file: '', test: '' }
  let finished: State = new Map()
  for (const { step, before, after } of foldsOf(course)) {
    finished = after
    const { contract, phase } = step
    if (contract.fails) red = { file: contract.fails.file, test: contract.fails.test }
    if (phase === 'red') continue
    for (const file of step.files.keys()) {
      const known = linesOf(before, file)
      const added = linesOf(after, file).filter((line) => !known.includes(line))
      // A step that only moves a line to another file did not ask for it.
      for (const line of added) if (phase === 'green' || !asked.has(line.trim())) asked.set(line.trim(), red)
      mutants.push(
        ...mutantsIn({ place: step.number, label: nameOf(step), file, state: after, lines: added, asked }),
      )
    }
  }
  for (const file of finished.keys()) {
    if (!file.startsWith('src/')) continue
    const lines = linesOf(finished, file)
    mutants.push(...mutantsIn({ place: 'finished', label: 'finished', file, state: finished, lines, asked }))
  }
  return withOwnNames(mutants)
}

const linesOf = (state: State, file: string) => state.get(file)?.toString('utf8').split('\n') ?? []

interface Scene {
  readonly place: MutatedState
  readonly label: string
  readonly file: string
  readonly state: State
  /** Only what begins in one of these is changed. */
  readonly lines: readonly string[]
  /** Line, without its margin -> the test that asked for it. */
  readonly asked: ReadonlyMap<string, Asked>
}

function mutantsIn({ place, label, file, state, lines, asked }: Scene): readonly Mutant[] {
  const source = state.get(file)?.toString('utf8') ?? ''
  return mutationsOf(source).flatMap((mutation) => {
    const from = source.lastIndexOf('\n', mutation.start - 1) + 1
    const line = source.slice(from, source.indexOf('\n', from))
    const origin = asked.get(line.trim())
    if (!lines.includes(line) || !origin) return []
    const now = mutated(source, mutation)
    const until = source.indexOf('\n', mutation.end)
    const was = squeezed(source.slice(from, until))
    const is = squeezed(now.slice(from, until + now.length - source.length))
    return {
      name: `${label} ${file}: \`${was}\` -> \`${is}\``,
      place,
      file,
      state: new Map(state).set(file, Buffer.from(now)),
      asked: origin,
    }
  })
}

const squeezed = (text: string) => text.trim().replaceAll(/\s+/g, ' ')

/** Where the same change is possible in two lines that look the same, the names are numbered. */
function withOwnNames(mutants: readonly Mutant[]): readonly Mutant[] {
  const seen = new Map<string, number>()
  return mutants.map((mutant) => {
    const times = (seen.get(mutant.name) ?? 0) + 1
    seen.set(mutant.name, times)
    return times === 1 ? mutant : { ...mutant, name: `${mutant.name} (${times})` }
  })
}
