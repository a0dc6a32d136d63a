// Runs before each file of the runner's tests. What they run in their own process finds the environment that a process
// of its own is given (see matchers.ts): nothing of who runs the tests, from where, and for which repository.

for (const name of Object.keys(process.env)) {
  if (
    /^(?:CI|FORCE_COLOR|GIT_.*|GITHUB_.*|HOME|LANG|LC_.*|NO_COLOR|npm_.*|REDIS_URL|TDD_COURSE_LIGHTS|USERPROFILE|XDG_.*)$/i.test(
      name,
    )
  ) {
    delete process.env[name]
  }
}
