import { inspect } from 'node:util'
import { Redis } from 'ioredis'

/** All that a value shows of itself on the ways on which values get into a log. */
export function everythingAbout(value: unknown): string {
  const shown = [String(value), inspect(value, { depth: 9 }), asJson(value)]
  if (value instanceof Error) {
    shown.push(value.message, String(value.stack), asJson({ ...value }))
    if (value.cause !== undefined) shown.push(everythingAbout(value.cause))
  }
  if (value instanceof Redis) {
    const duplicate = value.duplicate({ lazyConnect: true })
    for (const each of [value.options, duplicate, duplicate.options]) {
      shown.push(inspect(each, { depth: 9 }), asJson(each))
    }
  }
  return shown.join('\n')
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch (error) {
    return String(error)
  }
}
