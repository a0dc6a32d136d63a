import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * Installs what the lockfile of a folder under `configs/` names, unless that has been done: tools and libraries that
 * learners never run are not to weigh on their install. Answers whether they are there.
 */
export function installOnDemand(folder: string): boolean {
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  const mark = join(folder, 'node_modules', '.installed-from')
  try {
    if (readFileSync(mark, 'utf8') === lock) return true
  } catch {
    // Not installed yet.
  }
  // npm is a script of its own on every system: this is how `npm run` starts it without a shell in between.
  const npm = process.env['npm_execpath']
  if (npm === undefined || /^(?:pnpm|yarn|bun)/.test(basename(npm))) {
    const other = npm === undefined ? 'Nothing' : basename(npm)
    process.stderr.write(`\n ${other} cannot install from npm's lockfile: start this with npm run.\n`)
    return false
  }
  const { status } = spawnSync(process.execPath, [npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) return false
  writeFileSync(mark, lock)
  return true
}
