import type { Rule } from './evidence.ts'
import { checkBytes } from './rules/bytes.ts'
import { checkContracts } from './rules/contract.ts'
import { checkCoverage } from './rules/coverage.ts'
import { checkExcuses } from './rules/excuses.ts'
import { checkFiles } from './rules/files.ts'
import { checkLastState } from './rules/last-state.ts'
import { checkLeftovers } from './rules/leftovers.ts'
import { checkTestResults } from './rules/test-results.ts'
import { checkLint } from './rules/lint.ts'
import { checkNames } from './rules/names.ts'
import { checkOrder } from './rules/order.ts'
import { checkPlainTests } from './rules/plain-tests.ts'
import { checkProse } from './rules/prose.ts'
import { checkReach } from './rules/reach.ts'
import { checkRetold } from './rules/retold.ts'
import { checkStandingTests } from './rules/standing-tests.ts'
import { checkStrays } from './rules/strays.ts'
import { checkTestRunners } from './rules/test-runners.ts'
import { checkTypes } from './rules/types.ts'
import { checkWrongAnswers } from './rules/wrong-answers.ts'

/** All rules of the course. A new one is a file in `rules/`, and a line here. */
export const rules: readonly Rule[] = [
  checkContracts,
  checkBytes,
  checkOrder,
  checkReach,
  checkNames,
  checkTestRunners,
  checkFiles,
  checkStandingTests,
  checkPlainTests,
  checkTestResults,
  checkStrays,
  checkLeftovers,
  checkWrongAnswers,
  checkRetold,
  checkProse,
  checkCoverage,
  checkExcuses,
  checkTypes,
  checkLint,
  checkLastState,
]
