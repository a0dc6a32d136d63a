const EXPECTED = 'expected redis://[[user]:password@]host[:port][/db], or rediss:// for TLS'

/**
 * Checks what ioredis does not: it takes `http://h` for a socket on disk and `/zero` for no database at all.
 *
 * @throws TypeError that says what was expected and what came
 */
export function checkUrl(url: string): string {
  if (!isUsable(url)) throw new TypeError(`REDIS_URL: ${EXPECTED}; came ${url}`)
  return url
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
