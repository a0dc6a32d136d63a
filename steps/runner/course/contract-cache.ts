import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { locationsOf, type Location } from '../system/locations.ts'
import { checked, replaceFile } from '../system/write-file.ts'
import { readContract, type ReadContract } from './read-contract.ts'

export interface ContractMemory {
  /** As readContract, but each text is read only once in its life. */
  readonly read: typeof readContract
  /** Keeps what is new for the next run. */
  readonly keep: () => void
}

/**
 * Remembers the contracts of a course, by their text and by the code that reads them. Parsing all of them again would
 * take a third of the time from Enter to a step's text. What cannot be remembered is read.
 */
export function rememberContracts(root: string): ContractMemory {
  const file = locationsOf(root).contracts
  const reader = readFileSync(new URL('read-contract.ts', import.meta.url))
  const before = recall(file)
  const now: Record<string, ReadContract> = {}
  return {
    read: (text, where) => {
      const key = createHash('sha256').update(reader).update(text).digest('base64')
      const found = before[key] ?? readContract(text, where)
      // A problem names the file, and is to be seen again.
      if (found.problems.length === 0) now[key] = found
      return found
    },
    keep: () => {
      if (Object.keys(now).every((key) => key in before)) return
      try {
        replaceFile(file, JSON.stringify(now))
      } catch {
        // A repository that cannot be written is read again next time.
      }
    },
  }
}

function recall(file: Location): Readonly<Record<string, ReadContract>> {
  try {
    return JSON.parse(readFileSync(checked(file), 'utf8')) ?? {}
  } catch {
    return {}
  }
}
