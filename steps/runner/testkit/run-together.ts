import type { Course } from '../course/read-course.ts'
import { foldsOf } from '../course/state.ts'
import { recall, remember } from '../proof/cache.ts'
import { testStates, plansOf, workFor } from '../proof/run-proof.ts'
import { retoldIn, trialsOf } from '../proof/retold-states.ts'
import { wrongStatesOf } from '../proof/wrong-states.ts'
import { below, diskOf, locationsOf, withSuffix } from '../system/locations.ts'
import { layOut, proofFolder } from '../test-runs/lay-out-states.ts'

/**
 * Runs the tests of many courses in one go, where they differ, and lets each course's proof remember its own: the proofs
 * have only to judge then. Neither coverage nor errors that no test catches are remembered for them.
 */
export async function runTogether(courses: readonly Course[]): Promise<void> {
  const [first] = courses
  if (!first) return
  const all = courses.map((course, index) => {
    const folds = foldsOf(course).map(({ step, before, after }) => ({
      before,
      after,
      step: { ...step, folder: `${index}-${step.folder}` },
    }))
    const wrongs = wrongStatesOf(folds)
    const trials = [...wrongs, ...trialsOf(retoldIn(folds, wrongs))]
    return { course, folds, trials, plans: plansOf(folds, trials, true) }
  })
  const folds = all.flatMap((one) => one.folds)
  const trials = all.flatMap((one) => one.trials)
  const plans = all.flatMap((one) => one.plans)
  const states = new Map([
    ...folds.map(({ step, after }) => [step.folder, after] as const),
    ...trials.map(({ name, state }) => [name, state] as const),
  ])
  const together = below(locationsOf(first.root).scratch, 'together')
  const folder = diskOf(together)
  const how = { folder, states, covering: false, memory: recall(withSuffix(together, '.json')) }
  const everything = workFor(plans, how)
  // What is the same in several courses is run for the first of them.
  const runs = [...new Map(everything.runs.toReversed().map((run) => [run.key, run])).values()]
  const files = new Set(runs.map(({ file }) => file))
  layOut(folder, states)
  const { found } = await testStates(folds, trials, plans, { ...how, work: { ...everything, runs } })
  const foundOf = new Map(found.map((one) => [one.state, one]))
  const ran = new Map(
    plans.flatMap((plan) =>
      [...plan.runs.values()].flatMap(({ file, key }, place) => {
        const result = foundOf.get(plan.name)?.results[place]?.[1]
        return result && files.has(file) ? [[key, result] as const] : []
      }),
    ),
  )
  for (const { course, plans: its } of all) {
    const names = new Set(its.map(({ name }) => name))
    const own = found
      .filter(({ state }) => names.has(state))
      .map(({ step, state, key, uncovered, results }) => ({
        step,
        state,
        key,
        uncovered,
        results: results.map(([run, result]) => [run, ran.get(run) ?? result] as const),
      }))
    remember(proofFolder(course).found, own, { isSound: () => true, clean: new Set(), codes: new Map() })
  }
}
