import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** The modules that run tests and judge what they show, type-check and lint, and remember it. */
const judging: readonly string[] = [
  'proof/run-proof.ts',
  'proof/cache.ts',
  'test-runs/judge.ts',
  'test-runs/lay-out-states.ts',
  'test-runs/lint-states.ts',
  'test-runs/type-errors.ts',
].map((path) => `steps/runner/${path}`)

/** What is installed, as npm has written it down; and what is asked for, where another program installed it. */
const packages = ['node_modules/.package-lock.json', 'package-lock.json', 'package.json']

/** Variables that change Node itself or how the system writes times and texts. Tests see no others of the caller's. */
const variables = /^(?:NODE_OPTIONS|TZ|LANG|LC_\w+)$/i

/**
 * A fingerprint of everything but the course that a result of the proof depends on.
 *
 * @param root the repository
 */
export function machinery(root = repository, env = process.env): string {
  const hash = createHash('sha256').update(`${process.version}\0${process.platform}\0${process.arch}\0`)
  for (const name of Object.keys(env).toSorted()) {
    if (variables.test(name)) hash.update(`${name}=${env[name]}\0`)
  }
  for (const path of [...packages, ...filesBehind(root, judging)]) {
    hash.update(`${path}\0`).update(bytesOf(join(root, path)) ?? 'missing')
  }
  return hash.digest('hex')
}

/**
 * These files and all that they import or name by a URL, however deep: paths from the root, with forward slashes. What
 * is only imported for its type is not in it, for it is gone when the program runs.
 */
export function filesBehind(root: string, entries: readonly string[]): readonly string[] {
  const found = new Set(entries.map((path) => resolve(root, path)))
  for (const disk of found) {
    const text = /\.[cm]?[jt]s$/.test(disk) ? bytesOf(disk)?.toString('utf8') : undefined
    for (const name of namesIn(text ?? '')) {
      const named = resolve(dirname(disk), name)
      if (statSync(named, { throwIfNoEntry: false })?.isFile()) found.add(named)
    }
  }
  return [...found].map((disk) => relative(root, disk).replaceAll(sep, '/')).toSorted()
}

const statement = /^(?:import|export)\s+(?!type\b)(?:[^'"`;=]*?\sfrom\s+)?'(?<name>\.{1,2}\/[^']+)'/gm
const call = /\b(?:import\(|new URL\()\s*'(?<name>[^':]+)'/g

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(statement), ...text.matchAll(call)].map(({ groups }) => groups?.['name'] ?? '')

function bytesOf(disk: string): Buffer | undefined {
  try {
    return readFileSync(disk)
  } catch {
    return undefined
  }
}
