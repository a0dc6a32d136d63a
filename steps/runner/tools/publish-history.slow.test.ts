import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const jiti = join(repository, 'node_modules', 'jiti', 'lib', 'jiti-cli.mjs')
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))

test('pushes the history to branches of its own, anew at each change, and nothing else', () => {
  using there = new ThrowawayCourse().types({
    'package.json': JSON.stringify({ scripts: { test: 'vitest run' } }),
    'package-lock.json': '{}',
  })
  there.commits()
  const origin = there.path('origin.git')
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: there.root, env, encoding: 'utf8' }).trim()
  const publish = () =>
    spawnSync(process.execPath, [jiti, join(repository, 'steps', 'runner', 'tools', 'publish-history.ts')], {
      env: { ...env, TDD_COURSE_ROOT: there.root },
      encoding: 'utf8',
    })
  const refs = () =>
    git('ls-remote', origin)
      .split('\n')
      .map((line) => line.split('\t')[1])
      .filter((ref) => ref !== 'HEAD')

  expect(publish()).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('could not be pushed to origin'),
  })

  git('init', '--quiet', '--bare', origin)
  git('remote', 'add', 'origin', origin)
  git('push', '--quiet', 'origin', 'HEAD:refs/heads/main')
  expect(publish()).toMatchObject({ status: 0 })
  const first = refs()
  expect(first).toEqual(
    expect.arrayContaining([
      'refs/heads/main',
      'refs/heads/history',
      'refs/heads/history-passing',
      'refs/tags/history/minus',
    ]),
  )
  const [main, history] = ['main', 'history'].map((branch) =>
    git('ls-remote', origin, `refs/heads/${branch}`),
  )

  there.types({ 'steps/05-green-minus/README.md': '# Minus\n\nAnother lesson.\n' })
  expect(publish()).toMatchObject({ status: 0 })
  expect(refs()).toEqual(first)
  expect(git('ls-remote', origin, 'refs/heads/main')).toBe(main)
  expect(git('ls-remote', origin, 'refs/heads/history')).not.toBe(history)
})
