import { createHash } from 'node:crypto'
import { locationsOf } from '../system/locations.ts'
import { isMapping, readJson } from '../system/read-json.ts'
import { underCi } from '../system/under-ci.ts'
import { replaceFile } from '../system/write-file.ts'
import { namesIn, readContract } from './read-contract.ts'

/**
 * Remembers what was parsed of the contracts of a course, by their text. Parsing all of them again would take a third of
 * the time from Enter to a step's text. What cannot be remembered is parsed.
 *
 * @param fresh whether to parse all of them; by default under CI
 */
export function rememberContracts(root: string, fresh = underCi()) {
  const file = locationsOf(root).contracts
  const kept = fresh ? {} : readJson(file)
  const before = isMapping(kept) ? kept : {}
  const now: Record<string, unknown> = {}
  return {
    /** As readContract, but each text is parsed only once in its life. */
    read: (text: string, where: string) => {
      const key = createHash('sha256').update(text).digest('base64')
      const names = before[key]
      const remembered = isMapping(names) && readContract(text, where, () => (now[key] = names))
      if (remembered && remembered.problems.length === 0) return remembered
      return readContract(text, where, (...asked) => (now[key] = namesIn(...asked)))
    },
    /** Keeps what is new for the next run. */
    keep: () => {
      if (Object.keys(now).every((key) => now[key] === before[key])) return
      try {
        replaceFile(file, JSON.stringify(now))
      } catch {
        // A repository that cannot be written is read again next time.
      }
    },
  }
}
