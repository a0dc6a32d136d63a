import { spawnSync } from 'node:child_process'

/** Asks git in this folder, also from within a hook, which names its own repository in the environment. */
export function git(folder: string, args: readonly string[]) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  return spawnSync('git', args, { cwd: folder, env, maxBuffer: 1 << 28 })
}
