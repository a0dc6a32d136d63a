import { once } from 'node:events'
import { assess } from '../review/review-work.ts'
import { sayAssessment } from '../review/review.ts'
import type { Command } from './command.ts'
import { failedIn, firstLook, firstLookLines } from '../review/first-look.ts'
import { runTests, type Only } from '../test-runs/run-tests.ts'
import type { TestResults } from '../test-runs/test-results.ts'
import { standBy, type StandingTests } from '../test-runs/faster/warm-vitest.ts'
import { dim, paint, say } from '../terminal/print.ts'
import { readTree } from '../course/read-tree.ts'
import { watchWork } from '../workspace/watch-work.ts'
import { workingOn } from '../workspace/working-on.ts'

/** Editors save in several strokes, which count as one when they are not further apart than this, in milliseconds. */
const stroke = 30

const sayFirst = (results: TestResults) => say(...firstLookLines(results))

/** `npm run step watch`: checks now and on every save, until Ctrl-C. */
export const watch: Command = async ({ course }) => {
  await workingOn(course)
  let running: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | undefined
  let failed: Only = new Map()
  let standing: Promise<StandingTests> | undefined

  const checkOnce = async () => {
    try {
      standing ??= standBy(course.root)
      const tests = await standing
      const at = await workingOn(course)
      const { files, only } = firstLook(course, at, readTree(course.root).files, failed)
      if (files.length > 0) sayFirst(await tests.run(files, only))
      const assessment = await assess(course, at, {
        run: async (trial) => {
          const results = await runTests(trial)
          if (files.length === 0) sayFirst(results)
          failed = failedIn(results)
          return results
        },
      })
      sayAssessment(at.step, assessment)
      tests.warmUp()
    } catch (error) {
      // A file that is just being written, or the last step reached in another terminal: look again at the next save.
      say('', `${paint('red', '✗')} ${error instanceof Error ? error.message : String(error)}`, '')
    }
    say(dim('Watching src/ and test/. Ctrl-C ends it.'))
  }
  const check = () => {
    if (running) {
      again = true
      return
    }
    running = checkOnce().finally(() => {
      running = null
      if (again) {
        again = false
        check()
      }
    })
  }
  const watching = watchWork(course.root, () => {
    clearTimeout(timer)
    timer = setTimeout(check, stroke)
  })
  check()
  // Ends when its output is not read any more (`| head`).
  await Promise.race([once(process, 'SIGINT'), once(process.stdout, 'error')])
  clearTimeout(timer)
  watching[Symbol.dispose]()
  say('', 'Watching has ended. Go on with: npm run step next', '')
  // A check that is still running is not awaited: it writes nothing that is needed later.
  setImmediate(() => process.exit(0))
  return 0
}
