import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { installOnDemand } from './install-on-demand.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'on demand '))
  writeFileSync(join(folder, 'package-lock.json'), '{ "one": 1 }')
  mkdirSync(join(folder, 'node_modules'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** An npm that only counts how often it was asked to install, and ends with this status. */
function npm(status: number): void {
  const script = join(folder, 'npm.cjs')
  writeFileSync(
    script,
    `require('node:fs').appendFileSync('asked', process.argv[2] + ' ')\nprocess.exitCode = ${status}\n`,
  )
  vi.stubEnv('npm_execpath', script)
}
const asked = () =>
  existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8').trim() : ''

test('installs once, and again when the lockfile is another', () => {
  npm(0)
  expect([installOnDemand(folder), installOnDemand(folder)]).toEqual([true, true])
  expect(asked()).toBe('ci')

  writeFileSync(join(folder, 'package-lock.json'), '{ "one": 2 }')
  expect(installOnDemand(folder)).toBe(true)
  expect(asked()).toBe('ci ci')
})

test('says when it could not, and tries again the next time', () => {
  npm(1)
  expect(installOnDemand(folder)).toBe(false)
  expect(installOnDemand(folder)).toBe(false)
  expect(asked()).toBe('ci ci')
})

test.each([
  [undefined, 'Nothing'],
  ['/usr/lib/pnpm.cjs', 'pnpm.cjs'],
  ['/home/a/.yarn/releases/yarn-4.12.0.cjs', 'yarn-4.12.0.cjs'],
  ['/usr/bin/bun', 'bun'],
])('needs npm, and says so to %s', (started, name) => {
  vi.stubEnv('npm_execpath', started)
  const complaint = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(installOnDemand(folder)).toBe(false)
  expect(complaint).toHaveBeenCalledWith(
    `\n ${name} cannot install from npm's lockfile: start this with npm run.\n`,
  )
  complaint.mockRestore()
})
