import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bringTests, checkOut, keepAndArrive, takeBack } from './checkout.ts'
import { readBefore } from './last-change.ts'
import { loadCourse, type Course } from '../course/read-course.ts'
import { killedBefore } from '../testkit/killed-process.ts'
import { readPosition } from './position.ts'
import { listSaves, readSave, stepOfSave } from './saves.ts'
import type { State } from '../course/state.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { readTree } from '../course/read-tree.ts'

interface Elsewhere {
  readonly step: number
  readonly bytes: Uint8Array
}

type Action =
  | { readonly does: 'type'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly does: 'delete'; readonly path: string }
  | { readonly does: 'walk' | 'bring' | 'arrive'; readonly step: number; readonly killed: number }
  | { readonly does: 'restore'; readonly save: number; readonly killed: number }
  /** To a branch that tracks `.course`: as a link that leads out, or honestly; or back. */
  | { readonly does: 'switch'; readonly to: 'main' | 'link' | 'honest' }
  /** What git puts aside is git's; a pop may be refused. */
  | { readonly does: 'stash' }
  | { readonly does: 'pop' }
  | { readonly does: 'undo'; readonly killed: number }
  /** Work in another copy of the same repository: typed there, and walked on. */
  | ({ readonly does: 'worktree' } & Elsewhere)
  | ({ readonly does: 'clone' } & Elsewhere)

const path = fc.constantFrom(
  'src/index.ts',
  'src/deep/add.ts',
  'test/sum.test.ts',
  'test/less.test.ts',
  'src/own.ts',
  'test/mit Leerzeichen/größe 😀.bin',
)
// Never before the first change, and often after the last.
const killed = fc.integer({ min: 1, max: 60 })
const step = fc.integer({ min: 1, max: 5 })
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('switch' as const),
      to: fc.constantFrom('main' as const, 'link' as const, 'honest' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('type' as const),
      path,
      bytes: fc.oneof(fc.uint8Array({ maxLength: 3 }), fc.constant(Buffer.alloc(100_000, 7))),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('delete' as const), path }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('stash' as const, 'pop' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('undo' as const), killed }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constantFrom('worktree' as const, 'clone' as const),
      step,
      bytes: fc.uint8Array({ minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constantFrom('walk', 'bring', 'arrive'), step, killed }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('restore' as const), save: fc.nat({ max: 5 }), killed }),
  },
)

/** A course in git, with the branches that one may switch to. */
function withBranches(): ThrowawayCourse {
  const there = new ThrowawayCourse()
  there.types({ 'elsewhere/staging-1/a': 'theirs', 'elsewhere/saves/a': 'theirs' }).commits()
  there.git('branch', 'main-too')
  for (const [branch, make] of [
    ['link', () => symlinkSync(there.path('elsewhere'), there.path('.course'))],
    ['honest', () => there.types({ '.course/position.json': '{"step":"01-red-adds"}' })],
  ] as const) {
    there.git('switch', '--quiet', '--create', branch, 'main-too')
    make()
    there.git('add', '--force', '.course')
    there.commits()
  }
  there.git('switch', '--quiet', 'main-too')
  // One file instead of a folder for each object: it is copied again and again.
  there.git('gc', '--quiet')
  return there
}

function does(there: ThrowawayCourse, course: Course, one: Action): void {
  const { root } = there
  if (one.does === 'switch') {
    there.git('switch', '--quiet', '--discard-changes', one.to === 'main' ? 'main-too' : one.to)
    return
  }
  if (one.does === 'stash' || one.does === 'pop') {
    if (one.does === 'pop' && there.git('stash', 'list') === '') return
    try {
      const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']
      there.git(
        ...who,
        'stash',
        ...(one.does === 'pop' ? ['pop'] : ['push', '--include-untracked']),
        '--quiet',
      )
    } catch {
      // Nothing to put aside, or something in the way: git says no, and changes nothing.
    }
    return
  }
  if (one.does === 'worktree' || one.does === 'clone') {
    workElsewhere(there, one)
    return
  }
  if (one.does === 'type') {
    mkdirSync(dirname(there.path(one.path)), { recursive: true })
    writeFileSync(there.path(one.path), one.bytes)
  } else if (one.does === 'delete') rmSync(there.path(one.path), { force: true })
  else {
    killedBefore(one.killed, () => {
      if (one.does === 'restore') {
        const saves = listSaves(root)
        const save = saves[one.save % saves.length]
        const here = save && stepOfSave(course, save)
        if (save && here) checkOut(course, here, readSave(root, save))
        return
      }
      if (one.does === 'undo') {
        const before = readBefore(course)
        if (before) takeBack(course, before)
        return
      }
      const to = course.steps[one.step - 1]
      if (to && one.does === 'walk') checkOut(course, to)
      else if (to && one.does === 'bring') bringTests(course, to)
      else if (to) keepAndArrive(course, to)
    })
    // A killed process does not keep its lock for long; this one lives on.
    rmSync(there.path('.git/course/lock'), { recursive: true, force: true })
  }
}

/** Types in a second copy of the repository and walks there: what was typed is in a save. */
function workElsewhere(
  there: ThrowawayCourse,
  one: Elsewhere & { readonly does: 'worktree' | 'clone' },
): void {
  const second = there.path('second')
  try {
    if (one.does === 'clone') there.git('clone', '--quiet', '--branch', 'main-too', there.root, second)
    else there.git('worktree', 'add', '--quiet', '--force', '--detach', second, 'main-too')
    writeFileSync(join(second, 'src', 'index.ts'), one.bytes)
    const { course } = loadCourse(second)
    const to = course.steps[one.step - 1]
    if (to) checkOut(course, to)
    const kept = listSaves(second).some((save) =>
      readSave(second, save).get('src/index.ts')?.equals(one.bytes),
    )
    expect(kept, `what was typed in a ${one.does} is in a save`).toBe(true)
  } finally {
    rmSync(second, { recursive: true, force: true })
    there.git('worktree', 'prune')
  }
}

const savesOf = ({ root }: ThrowawayCourse) => listSaves(root).map((save) => readSave(root, save))

/** Everything that can be read: what stands in `src/` and `test/`, every save, and the course itself. */
const readable = (there: ThrowawayCourse, course: Course): readonly State[] => [
  readTree(there.root).files,
  ...savesOf(there),
  ...course.steps.map(({ files }) => files),
]

test('no runner, killed at any moment, makes a byte unreadable that was there before', () => {
  using prepared = withBranches()
  fc.assert(
    fc.property(fc.array(action, { minLength: 2, maxLength: 12 }), (actions) => {
      using there = new ThrowawayCourse(prepared)
      let { course } = there
      /** What could be read after the action before, where that has been looked at. */
      let known: readonly State[] | null = null
      for (const one of actions) {
        // Git takes from src/ and test/ what it is told to take, but no save.
        const isGits = ['switch', 'stash', 'pop'].includes(one.does)
        const before = isGits ? savesOf(there) : (known ?? readable(there, course))
        known = null
        does(there, course, one)
        // What learners delete or write over themselves is theirs to lose, unless a runner has seen it.
        if (one.does === 'type' || one.does === 'delete') continue
        ;({ course } = there)
        const after = readable(there, course)
        known = after
        const lost = before.flatMap((state) =>
          [...state]
            .filter(([at, bytes]) => !after.some((other) => other.get(at)?.equals(bytes)))
            .map(([at]) => at),
        )
        expect(lost, `not to be read any more after ${JSON.stringify(one)}`).toEqual([])
        expect(there.reads('elsewhere/staging-1/a')).toBe('theirs')
        expect(readdirSync(there.path('elsewhere'))).toEqual(['saves', 'staging-1'])
        expect(['none', 'at', 'between']).toContain(readPosition(course).kind)
      }
    }),
    { numRuns: 150 },
  )
})

const standingAtTwo = () => new ThrowawayCourse().types({ 'package.json': '{"type":"module"}' }).standsAt(2)

test('files of any name and any bytes are saved and come back, byte for byte', async () => {
  using there = standingAtTwo()
  const odd = {
    'src/two words.ts': Buffer.from('mine'),
    'src/ünï/größe 😀.bin': Buffer.from([0, 255, 254, 13, 10, 10, 13, 0xc3, 0x28]),
    "test/it's $HOME %PATH% `x`.txt": Buffer.from('\uFEFFmine\r\n'),
    'src/-rf': Buffer.from('mine'),
    'src/empty': Buffer.alloc(0),
    'src/index.ts': Buffer.from('export const add = () => 3\r\n'),
  }
  for (const [name, bytes] of Object.entries(odd)) {
    mkdirSync(there.path(name.slice(0, name.lastIndexOf('/'))), { recursive: true })
    writeFileSync(there.path(name), bytes)
  }
  expect(await there.step('3')).toSay('Your work is now save 1.')
  for (const name of Object.keys(odd)) there.deletes(name)
  expect(await there.step('restore', '1')).toSay('Step 2 of 5')
  const [save] = listSaves(there.root)
  for (const [name, bytes] of Object.entries(odd)) {
    expect(there.bytes(name), name).toEqual(bytes)
    expect(save && readSave(there.root, save).get(name), name).toEqual(bytes)
  }
})

/** Runs before the runner: tells at the end how much memory it took at most, in MiB. */
const measured = `process.on('exit', () => console.log('took ' + Math.round(process.resourceUsage().maxRSS / 1024) + ' MiB'))`

test('a file of 50 MiB is saved and comes back, and no command takes memory for it many times over', () => {
  using there = standingAtTwo()
  const size = 50
  const big = Buffer.alloc(size << 20, Buffer.from(Array.from({ length: 251 }, (_, index) => index)))
  const sum = (bytes: Buffer | undefined) =>
    createHash('sha256')
      .update(bytes ?? '')
      .digest('hex')
  const node = ['--import', `data:text/javascript,${encodeURIComponent(measured)}`]
  const mostOf = (words: readonly string[]) => {
    const { stdout, status } = there.process({ words, node })
    expect(status, stdout).not.toBe(null)
    return Number(/took (\d+) MiB/.exec(stdout)?.[1])
  }
  const least = mostOf(['3'])
  there.standsAt(2)
  writeFileSync(there.path('src/big.bin'), big)
  for (const words of [[], ['check'], ['3'], ['diff'], ['saves']]) {
    expect(mostOf(words), words.join(' ')).toBeLessThan(least + 6 * size)
  }
  there.deletes('src/big.bin')
  expect(mostOf(['restore', '1'])).toBeLessThan(least + 6 * size)
  expect(sum(there.bytes('src/big.bin'))).toBe(sum(big))
  expect(listSaves(there.root)).toHaveLength(1)
})
