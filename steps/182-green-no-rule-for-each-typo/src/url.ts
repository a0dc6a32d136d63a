const EXPECTED = 'expected redis://[[user]:password@]host[:port][/db], or rediss:// for TLS'
/** What people try. Any other beginning may be a secret. */
const SCHEMES = 'redis rediss redis+tls redis+sentinel valkey valkeys unix http https'
  .split(' ')
  .map((scheme) => `${scheme}://`)

/**
 * Checks what ioredis does not: it takes `http://h` for a socket on disk and `/zero` for no database at all.
 *
 * @throws TypeError that says what was expected and what came
 */
export function checkUrl(url: string): string {
  if (isUsable(url)) return url
  // In a text that is no url of ours the password can be anywhere.
  const scheme = SCHEMES.find((known) => url.startsWith(known)) ?? ''
  throw new TypeError(`REDIS_URL: ${EXPECTED}; came ${scheme}***`)
}

/** A usable url without user and password. */
export function redactUrl(url: string): string {
  const { protocol, username, password, host, pathname } = new URL(url)
  return `${protocol}//${username || password ? '***@' : ''}${host}${pathname}`
}

/** A text without the password of a url, neither as it is written there nor as it is meant. */
export function redactPassword(text: string, url: string): string {
  const { password } = new URL(url)
  return password ? text.replaceAll(password, '***').replaceAll(decodeURIComponent(password), '***') : text
}

function isUsable(url: string): boolean {
  try {
    const { protocol, hostname, pathname, search, hash, username, password } = new URL(url)
    decodeURIComponent(`${username}:${password}`)
    const rest = pathname + search + hash
    return /^rediss?:$/.test(protocol) && /^[\w.:[\]-]+$/.test(hostname) && /^(\/\d*)?$/.test(rest)
  } catch {
    return false
  }
}
