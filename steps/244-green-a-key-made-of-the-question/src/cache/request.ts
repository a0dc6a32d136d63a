import { hash } from 'node:crypto'

/** A question to a model. */
export interface CacheRequest {
  /** What is asked, in words. */
  readonly prompt: string
}

/** The key of a question's answer. */
export const idOf = (request: CacheRequest): string => digest(plain(request.prompt))

/** Without what makes no difference: case, spaces, a final question mark. */
const plain = (prompt: string) => prompt.toLowerCase().replaceAll(/\s+/g, ' ').trim().replace(/ ?\?$/, '')

const digest = (text: string) => hash('sha256', text)
