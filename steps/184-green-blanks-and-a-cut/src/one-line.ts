/** As much of a foreign text as is logged, in characters. */
const LONGEST = 300

/** A text from elsewhere, fit for a log: cut, and with blanks for line ends, control and direction characters. */
export function onOneLine(text: string): string {
  return text.slice(0, LONGEST).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
}
