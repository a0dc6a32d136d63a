import { readFileSync } from 'node:fs'
import type { Location } from './locations.ts'
import { checked } from './write-file.ts'

/** What a JSON file holds; undefined when it is not there, cannot be read, or is no JSON. */
export function readJson(location: Location): unknown {
  try {
    return JSON.parse(readFileSync(checked(location), 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether a value has names: an object, and no list. */
export const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
