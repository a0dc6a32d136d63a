import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installOnDemand } from '../system/install-on-demand.ts'
import { entryOf } from '../system/run-tool.ts'

// `npm run recipes`: type-checks the code that docs/ and the README show, and runs it with the frameworks it is for.

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const folder = join(repository, 'configs', 'recipes')

function runs(tool: string, ...args: readonly string[]): boolean {
  return spawnSync(process.execPath, [entryOf(tool), ...args], { cwd: folder, stdio: 'inherit' }).status === 0
}

if (!installOnDemand(folder)) {
  process.stderr.write(
    '\n ✗ The frameworks could not be installed into configs/recipes; npm says why above.\n\n',
  )
  process.exitCode = 1
} else if (!runs('typescript', '-p', '.') || !runs('vitest', 'run', '--config', 'vitest.config.ts')) {
  process.exitCode = 1
}
