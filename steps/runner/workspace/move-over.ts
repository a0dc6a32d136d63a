import { readdirSync, statSync } from 'node:fs'
import { below, isThere, locationsOf, nameOf, type Location } from '../system/locations.ts'
import { listFiles } from '../system/git.ts'
import { cannotWrite } from '../system/refusal.ts'
import { checked, deleteFile, markAsOurs, moveAcross, pruneAbove } from '../system/write-file.ts'
import { withLock } from './lock.ts'
import { listSaves, saveFrom } from './saves.ts'

/**
 * Earlier runners kept everything in the working tree, in `.course/`. What they left there is moved to where it lies
 * now, once. What git tracks there came with a branch, and stays.
 *
 * @throws {Refusal} when it cannot be moved; what could not is where it was.
 */
export function moveOver(root: string): void {
  if (leftBehind(root).length === 0) return
  const tracked = listFiles(root, '--', '.course')
  try {
    withLock(root, () => {
      // Looked at again: another runner may have been faster.
      for (const { from, move } of leftBehind(root)) {
        if (!tracked.some((path) => path === from.path || path.startsWith(`${from.path}/`))) move()
      }
      pruneAbove(below(locationsOf(root).scratch, 'saves'))
    })
  } catch (error) {
    const { scratch: old, saves } = locationsOf(root)
    const what = `What is in ${nameOf(old)} could not be moved to where the saves are now, ${nameOf(saves)}`
    throw cannotWrite(what, error, { end: '. Nothing is lost.' })
  }
}

interface Left {
  readonly from: Location
  readonly move: () => void
}

function leftBehind(root: string): readonly Left[] {
  const now = locationsOf(root)
  const old = (name: string) => below(now.scratch, name)
  const isElsewhere = now.saves.root !== root
  const found = old('proof/found.json')
  const files = [
    [old('position.json'), now.position],
    [old('hints.json'), now.hints],
  ] as const
  const caches = ['readmes.json', ...(isElsewhere ? ['contracts.json'] : [])].map(old)
  return [
    ...files
      .filter(([, to]) => !isThere(to))
      .map(([from, to]) => ({ from, move: () => moveAcross(from, to) })),
    ...(isElsewhere ? savesIn(old('saves')) : []).map((from) => ({ from, move: () => moveSave(root, from) })),
    ...caches.map((from) => ({ from, move: () => deleteFile(from) })),
    // What earlier runners found is of no use to this one, but it says that the folder is ours.
    { from: found, move: () => takeProof(old('proof'), found) },
  ].filter(({ from }) => isThere(from))
}

function takeProof(folder: Location, found: Location): void {
  markAsOurs(folder)
  deleteFile(found)
}

/** Folders that are called as saves are. */
function savesIn(folder: Location): readonly Location[] {
  const disk = checked(folder)
  if (!statSync(disk, { throwIfNoEntry: false })?.isDirectory()) return []
  const names = readdirSync(disk).filter((name) => saveFrom(name))
  return names.toSorted().map((name) => below(folder, name))
}

/** Another working tree may have saves of the same number there. */
function moveSave(root: string, from: Location): void {
  const { saves } = locationsOf(root)
  const name = from.path.slice(from.path.lastIndexOf('/') + 1)
  const there = listSaves(root)
  const isFree = there.every(({ number }) => number !== saveFrom(name)?.number)
  const next = String((there.at(-1)?.number ?? 0) + 1).padStart(3, '0')
  moveAcross(from, below(saves, isFree ? name : name.replace(/^\d+/, next)))
  pruneAbove(from)
}
