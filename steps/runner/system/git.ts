import { spawnSync } from 'node:child_process'
import { reasonOf, type Refusal } from './refusal.ts'

export interface GitOutcome<Output = string> {
  /** Null when git could not be started, or was ended by a signal. */
  readonly status: number | null
  readonly stdout: Output
  /** Its error message in English, or the reason why it could not be started. Empty when there is none. */
  readonly why: string
}

interface GitOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Buffer
  /** Whether `folder` is one of ours and no part of the repository that a hook's variables name. */
  readonly ours?: boolean
}

/** Runs git for the repository around `folder`, which may be at any depth in it. */
export function git(folder: string, args: readonly string[], options: GitOptions = {}): GitOutcome {
  const { stdout, ...outcome } = gitBytes(folder, args, options)
  return { ...outcome, stdout: stdout.toString('utf8') }
}

/** As `git`, with what it printed as bytes: file contents need not be UTF-8. */
export function gitBytes(
  folder: string,
  args: readonly string[],
  { env = {}, input, ours = false }: GitOptions = {},
): GitOutcome<Buffer> {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: folder,
    input,
    maxBuffer: 1 << 28,
    env: { ...(ours ? withoutGit(process.env) : findable(process.env)), LC_ALL: 'C', ...env },
  })
  if (error) return { status, stdout: stdout ?? Buffer.of(), why: reasonOf(error) }
  return { status, stdout, why: stderr.toString('utf8').trim() }
}

/**
 * What git prints.
 *
 * @param refusal made of its error message
 * @throws {Refusal} this one, when git does not do it
 */
export function gitSays(
  folder: string,
  args: readonly string[],
  refusal: (why: string) => Refusal,
  options: GitOptions = {},
): string {
  const { status, stdout, why } = git(folder, args, options)
  if (status === 0) return stdout
  throw refusal(why)
}

/** The environment without a hook's variables, which name its own repository. */
export const withoutGit = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')))

/**
 * In a second worktree a hook gets GIT_DIR, and with that alone git takes any folder for the top of the working tree: so
 * git has to find the repository from `folder`. GIT_INDEX_FILE stays: the index that a commit is made of.
 */
function findable({ GIT_DIR, GIT_WORK_TREE, ...rest }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // When both are set, keep them: such a repository cannot be found from a folder.
  return GIT_DIR === undefined || GIT_WORK_TREE === undefined ? rest : { ...rest, GIT_DIR, GIT_WORK_TREE }
}

/** Paths of the index or the working tree as `git ls-files` lists them; none without git. */
export function listFiles(root: string, ...options: readonly string[]): readonly string[] {
  const { status, stdout } = git(root, ['ls-files', '-z', ...options])
  return status === 0 ? stdout.split('\0').filter((path) => path !== '') : []
}

/** Where a folder is in its repository: empty at the top, else such as `apps/course/`. */
export const prefixOf = (folder: string): string =>
  git(folder, ['rev-parse', '--show-prefix']).stdout.replace(/\r?\n$/, '')
