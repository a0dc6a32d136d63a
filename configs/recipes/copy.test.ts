import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/** A service with a copy of src/, and of our packages only the one that src/ needs, and the types of Node. */
let service: string

beforeAll(() => {
  service = mkdtempSync(join(realpathSync(tmpdir()), 'copy-'))
  cpSync(join(repository, 'src'), join(service, 'redis'), { recursive: true })
  mkdirSync(join(service, 'node_modules', '@types'), { recursive: true })
  for (const name of ['ioredis', '@types/node']) {
    symlinkSync(join(repository, 'node_modules', name), join(service, 'node_modules', name), 'junction')
  }
  writeFileSync(join(service, 'package.json'), '{ "type": "module" }')
  const lines = [
    "import { getRedisClient, closeRedisClient } from './redis/index.ts'",
    'const logger = { warn: (line: string) => console.log(line) }',
    "const client = await getRedisClient({ url: 'redis://127.0.0.1:1', logger })",
    'console.log(`the client is ${client}`)',
    'await closeRedisClient()',
  ]
  writeFileSync(join(service, 'main.ts'), lines.join('\n'))
})
afterAll(() => rmSync(service, { recursive: true, force: true }))

const said = 'the client is null\n'

test('a copy of src/ compiles with tsc where nothing but ioredis is installed, and runs', async () => {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const base = join(repository, 'tsconfig.json')
  const compilerOptions = {
    noEmit: false,
    rewriteRelativeImportExtensions: true,
    outDir: 'out',
    rootDir: '.',
    types: ['node'],
  }
  writeFileSync(
    join(service, 'tsconfig.json'),
    JSON.stringify({ extends: base, include: ['*.ts'], compilerOptions }),
  )
  await run(process.execPath, [tsc, '-p', service], { cwd: service })

  const env = { ...process.env, NODE_ENV: 'production' }
  const { stdout } = await run(process.execPath, [join(service, 'out', 'main.js')], { env })
  expect(stdout).toContain('ECONNREFUSED')
  expect(stdout).toContain(said)
})

test('it makes one bundle without the fake, which runs with no packages at all', async () => {
  await build({
    root: service,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: 'main.ts', outDir: 'bundle' },
  })
  rmSync(join(service, 'node_modules'), { recursive: true, force: true })

  const env = { ...process.env, NODE_ENV: 'production' }
  const { stdout } = await run(process.execPath, [join(service, 'bundle', 'main.js')], { env })
  expect(stdout).toContain(said)
  const inATest = { ...process.env, NODE_ENV: 'test' }
  await expect(run(process.execPath, [join(service, 'bundle', 'main.js')], { env: inATest })).rejects.toThrow(
    /ERR_MODULE_NOT_FOUND/,
  )
})
