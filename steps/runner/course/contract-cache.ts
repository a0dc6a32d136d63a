import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { locationsOf, type Location } from '../system/locations.ts'
import { underCi } from '../system/under-ci.ts'
import { checked, replaceFile } from '../system/write-file.ts'
import { isMapping, readContract, type ReadContract } from './read-contract.ts'

export interface ContractMemory {
  /** As readContract, but each text is read only once in its life. */
  readonly read: typeof readContract
  /** Keeps what is new for the next run. */
  readonly keep: () => void
}

/**
 * Remembers the contracts of a course, by their text and by the code that reads them. Parsing all of them again would
 * take a third of the time from Enter to a step's text. What cannot be remembered is read.
 *
 * @param fresh whether to read all of them; by default under CI
 */
export function rememberContracts(root: string, fresh = underCi()): ContractMemory {
  const file = locationsOf(root).contracts
  const reader = readFileSync(new URL('read-contract.ts', import.meta.url))
  const before = fresh ? {} : recall(file)
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

/** Nothing, when what is there is not what was kept, in any part of it. */
function recall(file: Location): Readonly<Record<string, ReadContract>> {
  try {
    const kept: unknown = JSON.parse(readFileSync(checked(file), 'utf8'))
    if (isMapping(kept) && Object.values(kept).every(isReadContract))
      return kept as Record<string, ReadContract>
  } catch {
    // None yet, or cut short.
  }
  return {}
}

function isReadContract(value: unknown): value is ReadContract {
  if (!isMapping(value) || !isMapping(value['contract'])) return false
  const { chapter, does, fails, changes, removes, hints, wrong } = value['contract']
  return (
    isText(chapter) &&
    isText(does) &&
    (fails === undefined || holdsTexts(fails, ['file', 'test', 'error', 'message'])) &&
    isListOf(changes, (one) => holdsTexts(one, ['what', 'why'])) &&
    isListOf(removes, isText) &&
    isListOf(hints, isText) &&
    isListOf(wrong, (one) => holdsTexts(one, ['mistake', 'file', 'replace', 'with'])) &&
    isListOf(value['problems'], () => false)
  )
}

const isText = (value: unknown) => typeof value === 'string'
const isListOf = (value: unknown, is: (one: unknown) => boolean) => Array.isArray(value) && value.every(is)
const holdsTexts = (value: unknown, names: readonly string[]) =>
  isMapping(value) && names.every((name) => isText(value[name]))
