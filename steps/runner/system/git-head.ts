import { gitBytes } from './git.ts'

/**
 * What the last commit has at these paths (from `root`, with forward slashes), for those that it has. Null without git, or
 * without a commit.
 */
export function filesAtHead(root: string, paths: readonly string[]): ReadonlyMap<string, Buffer> | null {
  const input = ['HEAD', ...paths.map((path) => `HEAD:./${path}`)].map((name) => `${name}\n`).join('')
  const { status, stdout } = gitBytes(root, ['cat-file', '--batch'], { input })
  if (status !== 0) return null
  const found: (Buffer | null)[] = []
  for (let at = 0; at < stdout.length;) {
    const end = stdout.indexOf('\n', at)
    const size = /^\w+ (?:blob|commit) (?<size>\d+)$/.exec(stdout.toString('utf8', at, end))?.groups?.['size']
    at = end + 1
    found.push(size === undefined ? null : stdout.subarray(at, at + Number(size)))
    if (size !== undefined) at += Number(size) + 1
  }
  const [commit, ...files] = found
  if (!commit) return null
  return new Map(
    paths.flatMap((path, index) => {
      const bytes = files[index]
      return bytes ? [[path, bytes] as const] : []
    }),
  )
}
