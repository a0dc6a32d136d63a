import { createInterface } from 'node:readline'
import { beside, paint, printsElsewhere, say } from '../terminal/print.ts'

/** How a learner's new test can end before the code for it is written. */
export type Ending =
  | 'assertion'
  | 'missing name'
  | 'others fail too'
  | 'passes'
  | 'cannot run'
  | 'another error'

/** What can be predicted, in the order of the numbers to type. `another error` only comes. */
const choices = [
  ['assertion', 'it fails by its assertion'],
  ['missing name', 'it fails because a name is missing: a function, a module'],
  ['others fail too', 'it does not fail alone: others fail too'],
  ['passes', 'it passes already'],
  ['cannot run', 'it cannot run at all: amber'],
] as const satisfies readonly (readonly [Ending, string])[]

const words: Readonly<Record<Ending, string>> = {
  ...Object.fromEntries(choices),
  'another error': 'it fails by an error that says nothing of what is missing',
} as Record<Ending, string>

/** Where a prediction is asked for. */
export interface Desk {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** The value of the variable CI. */
  readonly ci: string | undefined
  /** Does what Ctrl-C does elsewhere: a terminal that reads a line keeps it to itself. */
  readonly interrupt: () => void
}

const theTerminal = (): Desk => ({
  input: process.stdin,
  output: process.stdout,
  ci: process.env['CI'],
  interrupt: () => process.kill(process.pid, 'SIGINT'),
})

/**
 * Asks how the new test will end, before it is run. Null: it could not ask (no terminal, or CI), or they only
 * pressed Enter.
 *
 * @param test the new test's name, where it is known
 */
export async function askPrediction(test: string | null, desk = theTerminal()): Promise<Ending | null> {
  if (printsElsewhere()) return null
  const { input, output, ci, interrupt } = desk
  if (!input.isTTY || !output.isTTY || (ci && ci !== 'false')) return null
  const lines = createInterface({ input, output, prompt: ' 1 to 5, or only Enter to skip: ' })
  let interrupted = false
  lines.once('SIGINT', () => {
    interrupted = true
    lines.close()
  })
  output.write(`\n Predict, then run: what does ${test === null ? 'your new test' : `"${test}"`} do now?\n\n`)
  for (const [index, [, says]] of choices.entries()) output.write(`   ${index + 1}  ${says}\n`)
  output.write('\n')
  lines.prompt()
  try {
    // Ctrl-D, and a terminal that goes away, end the lines: a way of saying nothing.
    for await (const line of lines) {
      const typed = line.trim()
      if (typed === '') return null
      const choice = /^\d$/.test(typed) ? choices[Number(typed) - 1] : undefined
      if (choice) return choice[0]
      output.write(` Expected a number from 1 to 5, or only Enter, but this came: ${typed}\n`)
      lines.prompt()
    }
    return null
  } finally {
    lines.close()
    if (interrupted) interrupt()
  }
}

/** The prediction beside what came. */
export function sayPrediction(predicted: Ending, came: Ending): void {
  const right = predicted === came
  say(
    '',
    ...beside('Predicted', words[predicted]),
    ...beside('Came', words[came], (line) => paint(right ? 'green' : 'amber', line)),
    ...beside(
      '',
      right
        ? 'As you predicted: you know where the code stands.'
        : 'Not as you predicted. Why? Find out before you go on.',
    ),
  )
}
