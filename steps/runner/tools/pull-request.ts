import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { checked, writeFile } from '../system/write-file.ts'

// `npm run pull-request`: which pull request a finished workflow run was for, for the workflow that comments on it.
// The author of a pull request from a fork controls that run and its artifacts, so neither may say where the comment
// goes. GitHub's own event does, by the branch and the commit that the run was started for.

interface WorkflowRun {
  readonly head_branch: string
  readonly head_sha: string
  readonly head_repository: { readonly full_name: string; readonly owner: { readonly login: string } }
}

interface PullRequest {
  readonly number: number
  readonly head: { readonly sha: string; readonly repo: { readonly full_name: string } | null }
}

/** @returns the number of the open pull request whose latest commit the run was for; null when there is none now. */
async function pullRequestOf(run: WorkflowRun): Promise<number | null> {
  const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env
  const { head_branch: branch, head_sha: sha, head_repository: repository } = run
  const head = encodeURIComponent(`${repository.owner.login}:${branch}`)
  const address = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/pulls?state=open&per_page=100&head=${head}`
  const answer = await fetch(address, {
    headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${GITHUB_TOKEN}` },
  })
  if (!answer.ok) throw new Error(`GitHub answered ${answer.status} for the pull requests of ${branch}`)
  const found = (await answer.json()) as readonly PullRequest[]
  const ours = found.find((one) => one.head.sha === sha && one.head.repo?.full_name === repository.full_name)
  return ours?.number ?? null
}

/** @returns the run that this workflow was started by; null outside of such a workflow. */
function runThatStartedUs(): WorkflowRun | null {
  const { GITHUB_EVENT_PATH, GITHUB_OUTPUT } = process.env
  if (!GITHUB_EVENT_PATH || !GITHUB_OUTPUT) return null
  const event = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')) as { readonly workflow_run?: WorkflowRun }
  return event.workflow_run ?? null
}

/**
 * The report as it may be posted under our name. The author of a pull request from a fork controls its text: a
 * zero-width joiner after `@` prevents a mention, after `#` a reference from that issue.
 */
const disarmed = (text: string): string => text.replaceAll(/@(?=[\w-])|#(?=\d)/g, '$&\u2060')

/** The first line of the comment, in our name. */
const whoseWords = '> Below is what the code of this pull request reports about itself: its words, not ours.'

/** GitHub refuses a longer comment, and ours would be lost with theirs. */
const commentHolds = 65_000

/** Beside the work of naming the pull request: the report that the workflow has fetched, if there is one. */
function disarmReport(): void {
  const file = { root: process.cwd(), path: 'report/report.md' }
  const disk = checked(file)
  if (!existsSync(disk)) return
  const text = `${whoseWords}\n\n${disarmed(readFileSync(disk, 'utf8'))}`
  writeFile(file, text.slice(0, commentHolds))
}

async function tellThePullRequest(): Promise<void> {
  const run = runThatStartedUs()
  if (!run) {
    console.log('This was not started by the end of another workflow: there is no pull request to find.')
    return
  }
  const number = await pullRequestOf(run)
  if (number === null) {
    console.log(
      `No open pull request has ${run.head_sha} as its latest commit: there is nothing to comment on.`,
    )
    return
  }
  disarmReport()
  appendFileSync(process.env['GITHUB_OUTPUT'] ?? '', `number=${number}\n`)
  console.log(`Pull request ${number}`)
}

try {
  await tellThePullRequest()
} catch (error) {
  console.error(
    `✗ The pull request could not be found: ${error instanceof Error ? error.message : String(error)}`,
  )
  process.exitCode = 1
}
