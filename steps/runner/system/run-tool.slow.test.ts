import { expect, test } from 'vitest'
import { commandOf, entryOf, runTool } from './run-tool.ts'

test('the type checker is started as the program that it is', async () => {
  expect(commandOf('typescript')).toEqual([expect.stringMatching(/[\\/]tsc(?:\.exe)?$/)])
  expect(commandOf('typescript')).not.toContain(entryOf('typescript'))
  expect(await runTool('typescript', ['--version'], import.meta.dirname)).toEqual({
    status: 0,
    output: expect.stringMatching(/^Version \d/),
  })
})

test('the other tools are run by Node', async () => {
  expect(commandOf('oxlint')).toEqual([process.execPath, entryOf('oxlint')])
  expect((await runTool('oxlint', ['--version'], import.meta.dirname)).output).toMatch(/^Version: \d/)
})
