// Runs before each test file. Tests do not depend on who started them: of the caller's environment they keep what the
// operating system, Node and vitest need, and nothing that a program under test may read (NODE_ENV, REDIS_URL, CI, …).
// A test that needs a variable gives it, as the option `env` or with vi.stubEnv.

const kept =
  /^(?:PATH|PATHEXT|HOME|HOMEDRIVE|HOMEPATH|USERPROFILE|APPDATA|LOCALAPPDATA|TMPDIR|TMP|TEMP|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|LANG|LC_\w+|TZ|NODE_OPTIONS|NODE_V8_COVERAGE|VITEST\w*|TEST|FORCE_TTY)$/i

for (const name of Object.keys(process.env)) if (!kept.test(name)) Reflect.deleteProperty(process.env, name)
process.env['NODE_ENV'] = 'test'
process.env['VITEST'] = 'true'
