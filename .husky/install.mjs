// Runs after `npm install`: tells git to use the hooks in this folder, at whatever depth of a repository it lies. Quiet
// where there is nothing to do: no git, no repository (a downloaded archive), or no husky (`npm ci --omit=dev`). Hooks
// that are here already are not replaced without a word: docs/team-leads.md says how both are run.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** @param {string[]} args */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' })
  return status === 0 ? stdout.replace(/\r?\n$/, '') : null
}

async function install() {
  const husky = await import('husky').catch(() => null)
  const top = git('rev-parse', '--show-toplevel')
  if (!husky || top === null) return null
  const folder = `${git('rev-parse', '--show-prefix') ?? ''}.husky`
  const ours = `${folder}/_`
  const chain = `their pre-commit has to run: sh ${folder}/pre-commit (docs/team-leads.md)`

  const local = git('config', '--local', '--get', 'core.hooksPath')
  if (local !== null && resolve(top, local) !== resolve(top, ours)) {
    return `Git's hooks are in ${local} (core.hooksPath), and stay there; for the course's hook ${chain}`
  }
  const standard = git('rev-parse', '--git-path', 'hooks') ?? ''
  if (local === null && existsSync(resolve(standard, 'pre-commit'))) {
    return `Git's hooks are in ${standard}, and stay there; for the course's hook ${chain}`
  }
  process.chdir(top)
  const why = husky.default(folder)
  return why === '' || why === 'HUSKY=0 skip install' ? null : `The course's hook is not installed: ${why}`
}

const said = await install()
if (said !== null) process.stdout.write(`${said}\n`)
