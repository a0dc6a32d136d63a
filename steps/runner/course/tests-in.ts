import { onceEach } from '../system/once-each.ts'

/** The tests that a test file says outright, `test('name', …)`: name -> its text. */
export type NamedTests = ReadonlyMap<string, string>

const begins = /\b(?:test|it)(?:\.\w+)*\(\s*(?<quote>['"`])(?<name>.*?)(?<!\\)\k<quote>/g

/**
 * Reads and does not parse: this is asked at every command, and has to cost nothing. A test reaches to the next one; what
 * stands between the two counts as part of it.
 */
export const testsIn = (file: Buffer | string = ''): NamedTests =>
  typeof file === 'string' ? read(file) : readOnce(file)

const readOnce = onceEach((file: Buffer) => read(file.toString()))

function read(text: string): NamedTests {
  const found = [...text.matchAll(begins)]
  return new Map(
    found.map(({ index, groups }, place) => [
      groups?.['name']?.replaceAll(/\\(.)/g, '$1') ?? '',
      text.slice(index, found[place + 1]?.index),
    ]),
  )
}

/** Whether two tests read the same but for blanks and line ends. */
export const readsTheSame = (one: string, other: string): boolean =>
  one === other || even(one) === even(other)

const even = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
