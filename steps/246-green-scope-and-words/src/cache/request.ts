import { hash } from 'node:crypto'

/** A question to a model. */
export interface CacheRequest {
  /** What is asked, in words. */
  readonly prompt: string
  readonly model?: string
  /** The system prompt. */
  readonly system?: string
  /** What else decides about the answer: temperature, tools, the user's language. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Whose question it is: one tenant's answers are never served to another. */
  readonly tenant?: string
}

/** The key of a question's answer: it begins with the scope's. */
export const idOf = (request: CacheRequest): string => `${scopeOf(request)}:${digest(plain(request.prompt))}`

/** Everything but the words: a question in another scope is another question. */
export const scopeOf = ({ tenant, model, system, parameters }: CacheRequest): string =>
  digest(JSON.stringify([tenant, model, system, JSON.stringify(parameters, inOrder)]))

/** Without what makes no difference: case, spaces, a final question mark. */
const plain = (prompt: string) => prompt.toLowerCase().replaceAll(/\s+/g, ' ').trim().replace(/ ?\?$/, '')

/** Objects with the same properties become the same text, whatever their order. */
const inOrder = (_name: string, value: unknown): unknown =>
  value instanceof Object ? Object.fromEntries(Object.entries(value).toSorted()) : value

const digest = (text: string) => hash('sha256', text)
