import type { Problem } from '../course/problem.ts'
import { loadCourse, type Course } from '../course/read-course.ts'
import { proofFolder } from '../test-runs/lay-out-states.ts'
import { readTree } from '../course/read-tree.ts'
import { judge } from '../test-runs/judge.ts'
import { runTests } from '../test-runs/run-tests.ts'
import { testFilesOf } from '../course/state.ts'
import { verify } from '../proof/prove.ts'
import { git, prefixOf } from '../system/git.ts'
import { baseAt, beyondThisClone, type Base } from './base.ts'
import { courseChange } from './course-change.ts'
import { learnersStep } from './learner.ts'
import {
  commentOf,
  courseText,
  coverageText,
  fullyCovered,
  hooksText,
  learnerText,
  notComparedText,
  type Where,
} from './markdown.ts'
import { measure, type Measured } from './measure.ts'

export interface Report {
  /** Markdown, as the comment in a pull request shows it. */
  readonly text: string
  /** Whether what stands here may be merged, as far as the report looks. */
  readonly passes: boolean
  /** For GitHub's view of the changed files, a line each: its own commands, which need no token. */
  readonly annotations?: readonly string[]
}

/**
 * What reviewers read about what stands in the repository: its coverage and, against a base, what the change does to
 * the course.
 *
 * @param damage what was found wrong while reading the course
 * @param ref branch, tag or commit to compare with; null for totals alone
 * @throws {Refusal} when git does not know `ref`
 */
export async function reportOn(
  course: Course,
  damage: readonly Problem[],
  ref: string | null,
): Promise<Report> {
  const cut = ref !== null && beyondThisClone(course.root, ref)
  using base = ref === null || cut ? null : baseAt(course.root, ref)
  const walker = base && learnersStep(course, readTree(course.root).files, base.changed)
  const hooks = hooksText((base?.changed ?? []).filter((path) => path.startsWith('.husky/')))
  if (walker) {
    const verdict = judge(
      walker,
      await runTests({ root: course.root, files: testFilesOf(readTree(course.root).files) }),
    )
    const text = learnerText(walker, course.steps.length, verdict)
    return { text: commentOf([...hooks, text]), passes: true }
  }

  const now = await measure(course.root, 'coverage')
  const before = base && ref !== null ? await comparedWith(base, ref, now) : null
  const coverage = coverageText({ now, base: before }, whereToLook(course.root))
  const proven = base && touchesCourse(base.changed) ? await courseReport(base, course, damage) : null
  return {
    text: commentOf([
      ...hooks,
      coverage,
      ...measuredAt(course.root),
      ...(cut ? [notComparedText(ref)] : []),
      ...(proven ? [proven.text] : []),
    ]),
    passes: fullyCovered(now) && (proven?.passes ?? true),
    annotations: annotationsFor(now),
  }
}

/** What does not differ is not measured twice. */
const comparedWith = async ({ root, changed, lines }: Base, name: string, now: Measured) => ({
  name,
  measured: changed.length === 0 ? now : await measure(root),
  changed,
  lines,
})

/** `src/` and `test/` are the last step, so a change to them changes the course. */
const touchesCourse = (changed: readonly string[]) =>
  changed.some((path) => /^(?:steps|src|test)\//.test(path))

async function courseReport(base: Base, course: Course, damage: readonly Problem[]): Promise<Report> {
  // In the same folder, one after the other: what both have in common is run once.
  const folder = proofFolder(course)
  const was = loadCourse(base.root)
  const before = {
    course: was.course,
    proof: await verify(was.course, was.problems, 'tests', { folder, fresh: false }),
  }
  const after = { course, proof: await verify(course, damage, 'everything', { folder, fresh: false }) }
  return { text: courseText(courseChange(before, after)), passes: after.proof.problems.length === 0 }
}

/** The first lines with something that no test runs; GitHub shows ten. */
const annotationsFor = ({ uncovered, failing }: Measured): readonly string[] =>
  failing.length > 0
    ? []
    : [...uncovered].flatMap(([path, places]) =>
        places.map(
          ({ line, what, which }) =>
            `::error file=${escaped(path)},line=${line}::no test runs this ${what}${which === undefined ? '' : ` (${which})`}`,
        ),
      )

const escaped = (text: string) =>
  text
    .replaceAll('%', '%25')
    .replaceAll('\n', '%0A')
    .replaceAll('\r', '%0D')
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C')

/** In a workflow: the commit that all this speaks of, and where to find the rest. */
function measuredAt(root: string): readonly string[] {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return []
  const sha = git(root, ['rev-parse', 'HEAD']).stdout.trim()
  const home = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`
  const run = `${home}/actions/runs/${GITHUB_RUN_ID}`
  return [
    `Measured at [\`${sha.slice(0, 7)}\`](${home}/commit/${sha}) in [this run](${run}), which keeps the [HTML report](${run}#artifacts).`,
  ]
}

/** On GitHub the commit that is measured; in a clone of a repository there likewise; else the files beside us. */
function whereToLook(root: string): Where {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env
  const { stdout } = git(root, ['remote', 'get-url', 'origin'])
  const cloned = /github\.com[/:](?<name>[\w.-]+\/[\w.-]+?)(?:\.git)?\s*$/.exec(stdout)?.groups?.['name']
  const name = GITHUB_REPOSITORY ?? cloned
  const head = git(root, ['rev-parse', 'HEAD'])
  if (name === undefined || head.status !== 0) return ''
  return `${GITHUB_SERVER_URL ?? 'https://github.com'}/${name}/blob/${head.stdout.trim()}/${prefixOf(root)}`
}
