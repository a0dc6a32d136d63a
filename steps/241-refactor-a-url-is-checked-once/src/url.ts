const EXPECTED = 'expected redis://[[user]:password@]host[:port][/db], or rediss:// for TLS'
/** What people try. Any other beginning may be a secret. */
const SCHEME = /^(rediss?|redis\+tls|redis\+sentinel|valkeys?|unix|https?):\/\//

/** The same text for all urls that mean the same; throws a TypeError for one that cannot be used. */
export function meaningOf(url: string): string {
  // In a text that is no url of ours the password can be anywhere.
  if (!isUsable(url)) throw new TypeError(`REDIS_URL: ${EXPECTED}; came ${SCHEME.exec(url)?.[0] ?? ''}***`)
  const { protocol, username, password, hostname, port, pathname } = new URL(url)
  const credentials = [username, password].map((each) => encodeURIComponent(decodeURIComponent(each)))
  return [protocol, ...credentials, hostname.toLowerCase(), port || 6379, Number(pathname.slice(1))].join(' ')
}

/** A usable url without user and password. */
export function redactUrl(url: string): string {
  const { protocol, username, password, host, pathname } = new URL(url)
  return `${protocol}//${username || password ? '***@' : ''}${host}${pathname}`
}

/** A text without user and password of a url, however they are written in it. */
export function redactSecrets(text: string, url: string): string {
  const { username, password } = new URL(url)
  return [password, username].flatMap(spellings).reduce((clean, each) => clean.replaceAll(each, '***'), text)
}

const asBytes = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16)}`).join('')

/** As it is in a url, as it is meant, as JSON and as Redis quote it. */
function spellings(written: string): readonly string[] {
  if (!written) return []
  const meant = decodeURIComponent(written)
  const encoded = encodeURIComponent(meant)
  const quoted = JSON.stringify(meant).slice(1, -1)
  const escaped = quoted.replaceAll(/[^\x20-\x7e]/gu, asBytes)
  return [written, encoded, encoded.toLowerCase(), escaped, quoted, meant]
}

/** Checks what ioredis does not: it takes `http://h` for a socket on disk and `/zero` for no database at all. */
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
