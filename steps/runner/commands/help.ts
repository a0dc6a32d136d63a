import type { Command } from './command.ts'
import { Refusal } from '../system/refusal.ts'
import { bold, say, wrap } from '../terminal/print.ts'
import { usageOf, words as all, wordsFor, type Reader } from '../terminal/words.ts'

const headings: Readonly<Record<Reader, string>> = {
  learner: 'For learners',
  maintainer: 'For maintainers of the course, and team leads',
  CI: 'For hooks and CI',
}
const margin = 18

/** `npm run step help`: what can be typed. `help check` says it of one word. */
export const help: Command = ({ words: [word] }) => {
  if (word === undefined) {
    say('', 'After npm run step may follow:')
    for (const [reader, heading] of Object.entries(headings)) {
      const lines = wordsFor(reader as Reader).flatMap((name) =>
        explained(usageOf(name), all[name]?.does ?? ''),
      )
      say('', bold(heading))
      if (reader === 'learner') {
        say(
          ...explained('(nothing)', 'where am I, what now'),
          ...explained('N', "the course's own step N into src/ and test/, and judge it"),
        )
      }
      say(...lines)
    }
    say('', 'One of them: npm run step help check', '')
    return 0
  }
  if (!Object.hasOwn(all, word)) {
    throw new Refusal(
      `Expected one of the course's words after help, but this came: ${word}`,
      'Type: npm run step help',
    )
  }
  say('', bold(`npm run step ${usageOf(word)}`), ...wrap(all[word]?.does ?? ''), '')
  return 0
}

/** What is typed, and beside it, or below when it is long, what it does. */
function explained(typed: string, does: string): readonly string[] {
  return typed.length < margin - 1
    ? [`  ${typed.padEnd(margin)}${does}`]
    : [`  ${typed}`, `  ${''.padEnd(margin)}${does}`]
}
