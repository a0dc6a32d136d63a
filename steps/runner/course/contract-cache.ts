import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../system/write-file.ts'
import { readReadme, type Readme } from './read-contract.ts'

export interface ReadmeMemory {
  /** As readReadme, but each text is read only once in its life. */
  readonly read: typeof readReadme
  /** Keeps what is new for the next run. */
  readonly keep: () => void
}

/**
 * Remembers the READMEs of a course, by their text and by the code that reads them, in `.course/readmes.json`. Parsing
 * all of them again would take a third of the time from Enter to a step's text. What cannot be remembered is read.
 */
export function rememberReadmes(root: string): ReadmeMemory {
  const path = join(root, '.course', 'readmes.json')
  const reader = readFileSync(new URL('read-contract.ts', import.meta.url))
  const before = recall(path)
  const now: Record<string, Readme> = {}
  return {
    read: (text, where) => {
      const key = createHash('sha256').update(reader).update(text).digest('base64')
      const readme = before[key] ?? readReadme(text, where)
      // A problem names the file, and is to be seen again.
      if (readme.problems.length === 0) now[key] = readme
      return readme
    },
    keep: () => {
      if (Object.keys(now).every((key) => key in before)) return
      try {
        replaceFile(path, JSON.stringify(now))
      } catch {
        // A repository that cannot be written is read again next time.
      }
    },
  }
}

function recall(path: string): Readonly<Record<string, Readme>> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) ?? {}
  } catch {
    return {}
  }
}
