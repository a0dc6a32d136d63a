import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Course, Step } from './course.ts'

export type Propagation =
  /** Every later file has the edit; `changed` are paths from the root, with forward slashes. */
  | { readonly kind: 'done'; readonly changed: readonly string[] }
  /** The edit and a later step want different things at one place. Both sides stand in the file, between marks. */
  | {
      readonly kind: 'conflict'
      readonly changed: readonly string[]
      readonly path: string
      readonly step: Step
      readonly sides: string
    }

/**
 * Replays what was edited in a step since the last commit onto every later step that holds the same file, and onto
 * `src/` and `test/`: a three-way merge each. Stops at the first conflict. Replaying twice changes nothing more.
 */
export function propagate(course: Course, from: Step): Propagation {
  const changed: string[] = []
  for (const file of from.files.keys()) {
    let base = committed(course, from, file)
    let edited: Buffer = readFileSync(join(course.root, 'steps', from.folder, file))
    const unsolved = sidesIn(edited.toString('utf8'))
    if (unsolved !== '') {
      return { kind: 'conflict', changed, path: `steps/${from.folder}/${file}`, step: from, sides: unsolved }
    }
    if (base === null || base.equals(edited)) continue
    for (const { path, step } of laterPlaces(course, from, file)) {
      const disk = join(course.root, path)
      const before = readFileSync(disk)
      const { merged, conflicts } = merge({ ours: before, base, theirs: edited })
      if (!merged.equals(before)) {
        writeFileSync(disk, merged)
        changed.push(path)
      }
      if (conflicts) return { kind: 'conflict', changed, path, step, sides: sidesIn(merged.toString('utf8')) }
      base = committed(course, step, file) ?? before
      edited = merged
    }
  }
  return { kind: 'done', changed }
}

interface Place {
  readonly path: string
  /** For the file in the root: the last step that holds it. */
  readonly step: Step
}

/** Where the file stands after this step, up to a step that removes it. */
function laterPlaces({ root, steps }: Course, from: Step, file: string): readonly Place[] {
  const places: Place[] = []
  for (const step of steps.filter(({ number }) => number > from.number)) {
    if (step.contract.removes.includes(file)) return places
    if (step.files.has(file)) places.push({ path: `steps/${step.folder}/${file}`, step })
  }
  if (existsSync(join(root, file))) places.push({ path: file, step: places.at(-1)?.step ?? from })
  return places
}

/** The file as the last commit has it in this step, or else in the nearest step before; null when it is new. */
function committed({ root, steps }: Course, until: Step, file: string): Buffer | null {
  const listed = git(root, ['ls-tree', '--name-only', 'HEAD', 'steps/']).stdout.toString('utf8').split('\n')
  for (const { number, phase, slug } of steps.toReversed()) {
    if (number > until.number) continue
    // By its name: its number may have changed since.
    const folder = listed.find((path) => path.replace(/^steps\/\d+-/, '') === `${phase}-${slug}`)
    const { status, stdout } = git(root, ['show', `HEAD:./${folder}/${file}`])
    if (folder !== undefined && status === 0) return stdout
  }
  return null
}

interface Sides {
  readonly ours: Buffer
  readonly base: Buffer
  readonly theirs: Buffer
}

function merge({ ours, base, theirs }: Sides): { readonly merged: Buffer; readonly conflicts: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'propagate-'))
  try {
    writeFileSync(join(folder, 'ours'), ours)
    writeFileSync(join(folder, 'base'), base)
    writeFileSync(join(folder, 'theirs'), theirs)
    const labels = ['-L', 'what this step has', '-L', 'before the edit', '-L', 'the edit']
    const { status, stdout } = git(folder, ['merge-file', '-p', ...labels, 'ours', 'base', 'theirs'])
    return { merged: stdout, conflicts: status !== 0 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function git(folder: string, args: readonly string[]) {
  // A hook sets these for its own repository.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  return spawnSync('git', args, { cwd: folder, env, maxBuffer: 1 << 28 })
}

const sidesIn = (text: string) => /^<{7} [\s\S]*?^>{7} [^\n]*$/m.exec(text)?.[0] ?? ''
