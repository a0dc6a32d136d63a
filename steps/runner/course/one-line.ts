/** Whether a text is one line without control characters: such as a title, which must not look like a line of its own. */
export const isOneLine = (text: string): boolean => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)
