/** What test runners leave in the environment: vitest, node --test, Jest. Most also set NODE_ENV to test. */
const VARIABLES = ['VITEST', 'NODE_TEST_CONTEXT', 'JEST_WORKER_ID']

/** Whether this process runs tests. In production it never does, whatever else the environment says. */
export function underTestRunner(env: NodeJS.ProcessEnv): boolean {
  if (env['NODE_ENV'] === 'production') return false
  return env['NODE_ENV'] === 'test' || VARIABLES.some((name) => env[name])
}
