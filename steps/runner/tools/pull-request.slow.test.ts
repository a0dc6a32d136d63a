import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const jiti = join(repository, 'node_modules', 'jiti', 'lib', 'jiti-cli.mjs')

/** What GitHub says to who asks for the pull requests; and what it was asked. */
let answer: { readonly status: number; readonly body: unknown }
let asked: IncomingMessage[]
let github: Server
let folder: string

beforeEach(async () => {
  asked = []
  github = createServer((request, response) => {
    asked.push(request)
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  github.listen(0, '127.0.0.1')
  await once(github, 'listening')
  folder = mkdtempSync(join(tmpdir(), 'course-event-'))
})
afterEach(() => {
  github.close()
  rmSync(folder, { recursive: true })
})

const run = {
  head_branch: 'my&branch=$(id)',
  head_sha: 'abc',
  head_repository: { full_name: 'ann/course', owner: { login: 'ann' } },
}
const pull = (number: number, sha: string, name: string | null) => ({
  number,
  head: { sha, repo: name === null ? null : { full_name: name } },
})

async function pullRequest(event: object) {
  const output = join(folder, 'output')
  writeFileSync(join(folder, 'event.json'), JSON.stringify(event))
  const address = github.address()
  const port = typeof address === 'object' ? address?.port : 0
  const child = spawn(
    process.execPath,
    [jiti, join(repository, 'steps', 'runner', 'tools', 'pull-request.ts')],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        SystemRoot: process.env['SystemRoot'],
        GITHUB_EVENT_PATH: join(folder, 'event.json'),
        GITHUB_OUTPUT: output,
        GITHUB_API_URL: `http://127.0.0.1:${port}`,
        GITHUB_REPOSITORY: 'team/course',
        GITHUB_TOKEN: 'a-token',
      },
    },
  )
  let said = ''
  child.stdout.on('data', (piece) => (said += String(piece)))
  child.stderr.on('data', (piece) => (said += String(piece)))
  const [status] = await once(child, 'close')
  return { status, said, output: existsSync(output) ? readFileSync(output, 'utf8') : '' }
}

test('finds the open pull request by the branch and the commit that the run was for', async () => {
  answer = {
    status: 200,
    body: [
      pull(1, 'old', 'ann/course'),
      pull(2, 'abc', 'eve/course'),
      pull(3, 'abc', null),
      pull(12, 'abc', 'ann/course'),
    ],
  }
  expect(await pullRequest({ workflow_run: run })).toMatchObject({ status: 0, output: 'number=12\n' })
  const { pathname, searchParams } = new URL(asked[0]?.url ?? '', 'http://github')
  expect(pathname).toBe('/repos/team/course/pulls')
  expect(Object.fromEntries(searchParams)).toMatchObject({ state: 'open', head: 'ann:my&branch=$(id)' })
  expect(asked[0]?.headers.authorization).toBe('Bearer a-token')
})

test('what a fork has put into the report mentions no account, and its links stay', async () => {
  answer = { status: 200, body: [pull(7, 'abc', 'ann/course')] }
  mkdirSync(join(folder, 'report'))
  const report = join(folder, 'report', 'report.md')
  const link = '[3](https://github.com/team/course/blob/abc/src/index.ts#L3-L5)'
  writeFileSync(report, `## Coverage\n\n@team/all and @ann: see team/course#12, ${link}\n`)
  await pullRequest({ workflow_run: run })

  const posted = readFileSync(report, 'utf8')
  expect(posted).not.toMatch(/@\w|#\d/)
  expect(posted.replaceAll('\u2060', '')).toBe(
    `> Below is what the code of this pull request reports about itself: its words, not ours.\n\n## Coverage\n\n@team/all and @ann: see team/course#12, ${link}\n`,
  )
  expect(posted).toContain(link)
})

test('however long a report is, our words above it are posted', async () => {
  answer = { status: 200, body: [pull(7, 'abc', 'ann/course')] }
  mkdirSync(join(folder, 'report'))
  const report = join(folder, 'report', 'report.md')
  writeFileSync(report, 'x'.repeat(100_000))
  await pullRequest({ workflow_run: run })
  expect(readFileSync(report, 'utf8')).toMatch(/^> Below is what .* its words, not ours\.\n\nx/)
  expect(readFileSync(report, 'utf8').length).toBeLessThanOrEqual(65_536)
})

test('names none when the commit is not the latest any more', async () => {
  answer = { status: 200, body: [pull(12, 'newer', 'ann/course')] }
  const { status, said, output } = await pullRequest({ workflow_run: run })
  expect({ status, output }).toEqual({ status: 0, output: '' })
  expect(said).toContain('No open pull request has abc as its latest commit')
})

test('fails when GitHub does not answer', async () => {
  answer = { status: 403, body: { message: 'no' } }
  const { status, said, output } = await pullRequest({ workflow_run: run })
  expect({ status, output }).toEqual({ status: 1, output: '' })
  expect(said).toContain('✗ The pull request could not be found: GitHub answered 403')
})

test('asks GitHub nothing when no other workflow has ended', async () => {
  const { status, said } = await pullRequest({})
  expect(status).toBe(0)
  expect(said).toContain('there is no pull request to find')
  expect(asked).toEqual([])
})
