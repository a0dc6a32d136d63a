import { once } from 'node:events'
import { watch as watchFolder } from 'node:fs'
import { join } from 'node:path'
import { assess } from '../assess.ts'
import { sayAssessment } from '../assessment.ts'
import type { Command } from '../command.ts'
import { standBy, type StandingTests, type Trial } from '../lights.ts'
import { Refusal, reasonOf } from '../refusal.ts'
import { dim, paint, say } from '../terminal.ts'
import { workingOn } from '../working-on.ts'

/** Editors save in several strokes, which count as one when they are not further apart than this, in milliseconds. */
const stroke = 30

/** `npm run step watch`: checks now and on every save, until Ctrl-C. */
export const watch: Command = async ({ course }) => {
  workingOn(course)
  let running: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | undefined
  let tests: StandingTests | undefined

  const run = async (trial: Trial) => {
    tests ??= await standBy(trial)
    return tests.run(trial.files)
  }

  const checkOnce = async () => {
    try {
      const at = workingOn(course)
      sayAssessment(at.step, await assess(course, at, { run }))
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
  const watchers = ['src', 'test'].map((folder) => {
    try {
      return watchFolder(join(course.root, folder), { recursive: true }, () => {
        clearTimeout(timer)
        timer = setTimeout(check, stroke)
      })
    } catch (error) {
      throw new Refusal(
        `${folder}/ cannot be watched (${reasonOf(error)}).`,
        'Make the folder, or look by hand: npm run step check',
      )
    }
  })
  check()
  await once(process, 'SIGINT')
  clearTimeout(timer)
  for (const one of watchers) one.close()
  say('', 'Watching has ended. Go on with: npm run step next', '')
  // A check that is under way is not waited for: it writes nothing that anybody needs.
  setImmediate(() => process.exit(0))
  return 0
}
