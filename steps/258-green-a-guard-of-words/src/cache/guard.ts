/** A question with the one word is not answered by the answer to a question with the other. */
const OPPOSITES = `
  on off, enable disable, enabled disabled, activate deactivate, increase decrease, raise lower, up down, open close,
  start stop, add remove, add delete, create delete, install uninstall, lock unlock, show hide, buy sell,
  import export, upload download, encrypt decrypt, before after, first last, min max, minimum maximum, more less,
  most least, highest lowest, best worst, largest smallest, oldest newest, win lose, with without, in out, left right,
  north south, east west, hot cold, true false, yes no, allow deny, allow block, accept reject, send receive,
  login logout, subscribe unsubscribe, connect disconnect, mount unmount, follow unfollow, public private,
  ascending descending, upgrade downgrade, push pull, read write, safe unsafe, legal illegal, cause prevent,
  advantages disadvantages, pros cons`
  .split(',')
  .map((pair) => pair.trim().split(' '))

const NUMBER_WORDS = new Set(
  'two three four five six seven eight nine ten hundred thousand million'.split(' '),
)
const NEGATIONS = new Set('not no never without cannot nothing nobody none neither'.split(' '))

/**
 * Whether two questions that are alike may have the same answer, as far as can be told without understanding them. They
 * may not when they differ in a number, a negation, a name, or one of two opposites, or say the same words in another
 * order.
 */
export function mayShare(asked: string, stored: string): boolean {
  const [one, other] = [read(asked), read(stored)]
  return (
    `${one.numbers}` === `${other.numbers}` &&
    one.negations.length === other.negations.length &&
    one.names.every((name) => other.words.has(name)) &&
    other.names.every((name) => one.words.has(name)) &&
    !OPPOSITES.some((pair) => pair.every((word) => one.words.has(word) !== other.words.has(word))) &&
    (one.text === other.text || one.sorted !== other.sorted)
  )
}

function read(prompt: string) {
  const plain = prompt.toLowerCase().replaceAll(/['’]s/g, '')
  const inOrder = Array.from(plain.matchAll(/[\p{L}\d'’]+/gu), ([word]) => word)
  return {
    words: new Set(inOrder),
    text: `${inOrder}`,
    sorted: `${inOrder.toSorted()}`,
    numbers: inOrder.filter((word) => /\d/.test(word) || NUMBER_WORDS.has(word)),
    negations: inOrder.filter((word) => NEGATIONS.has(word) || /n['’]t/.test(word)),
    // Words with a capital that do not begin a sentence.
    names: Array.from(prompt.matchAll(/(?<=[\p{L}\d,] )\p{Lu}[\p{L}\d]+/gu), ([name]) => name.toLowerCase()),
  }
}
