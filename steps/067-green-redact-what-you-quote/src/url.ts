const EXPECTED = 'expected redis://[[user]:password@]host[:port][/db], or rediss:// for TLS'

/**
 * Checks what ioredis does not: it takes `http://h` for a socket on disk and `/zero` for no database at all.
 *
 * @throws TypeError that says what was expected and what came
 */
export function checkUrl(url: string): string {
  if (!isUsable(url)) throw new TypeError(`REDIS_URL: ${EXPECTED}; came ${redactUrl(url)}`)
  return url
}

/** A url, usable or not, without user, password and query. */
export function redactUrl(url: string): string {
  return url.replace(/^(\w+:\/\/)?.*@/s, '$1***@').replace(/\?.*$/s, '?***')
}

/** A text without the password of a url, neither as it is written there nor as it is meant. */
export function redactPassword(text: string, url: string): string {
  const { password } = new URL(url)
  return password ? text.replaceAll(password, '***').replaceAll(decodeURIComponent(password), '***') : text
}

function isUsable(url: string): boolean {
  try {
    const { protocol, hostname, pathname, search, username, password } = new URL(url)
    decodeURIComponent(`${username}:${password}`)
    return /^rediss?:$/.test(protocol) && /^[^,]+$/.test(hostname) && /^(\/\d*)?$/.test(pathname + search)
  } catch {
    return false
  }
}
