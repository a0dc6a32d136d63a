import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from './alive.ts'

// What a runner needs only while it runs bears its process's number. It holds nothing that is not elsewhere too.
const owned = /^(?:trial-|staging-|\.writing-|[a-z]+\.json\.)(?<process>\d+)(?:$|[-.])/

const temporary = new Set<string>()

/** Removes what runners have left behind in `.course` that were killed. */
export function sweepLeftovers(root: string): void {
  const kept = join(root, '.course')
  for (const folder of [kept, join(kept, 'saves')]) {
    for (const name of namesIn(folder)) {
      const pid = owned.exec(name)?.groups?.['process']
      if (pid !== undefined && !isAlive(Number(pid))) remove(join(folder, name))
    }
  }
}

/** From here on, until the next such call for it, the folder goes when Ctrl-C ends the process. */
export function goesWithUs(folder: string, does = true): void {
  if (does) temporary.add(folder)
  else temporary.delete(folder)
}

/**
 * From here on Ctrl-C ends the process between two of its deeds and not within one: what must not be cut in two is done
 * without a pause, and whoever listens for a signal hears it in a pause. The process still dies of the signal, as a
 * shell and npm expect of it. A second Ctrl-C does not wait.
 */
export function endBetweenDeeds(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const folder of temporary) remove(folder)
      // Vitest would end it by an exit code, which npm takes for a failure and tells a story about.
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    })
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // Not there yet; or not to be read, which whoever needs it says.
  }
}

/** What cannot be removed now is swept another time. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {}
}
