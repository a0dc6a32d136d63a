import { redactSecrets, redactUrl } from './url.ts'

interface Hint {
  readonly cause: RegExp
  readonly advice: string
  /** Trying again does not help before a person has done it. */
  readonly notRetryable?: true
}

const HINTS: readonly Hint[] = [
  { cause: /ECONNREFUSED/, advice: 'Nobody listens there. Start it with redis-server, or set REDIS_URL.' },
  { cause: /ENOTFOUND/, advice: 'Check the host name in REDIS_URL; nothing is known under it here.' },
  { cause: /EAI_AGAIN/, advice: 'Check the host name in REDIS_URL, or the network; no name server answers.' },
  { cause: /WRONGPASS|NOAUTH/, advice: 'Check user and password in REDIS_URL.', notRetryable: true },
  { cause: /DB index|select/i, advice: 'Check the database number in REDIS_URL.', notRetryable: true },
  {
    cause: /ECONNRESET|EPIPE|closed|max number of clients/,
    advice: 'The server hung up. It may want TLS (rediss://), your certificate, or have reached maxclients.',
  },
  {
    cause: /unknown command .info/i,
    advice: 'It does not know INFO. Set the option ioredis: { enableReadyCheck: false }.',
    notRetryable: true,
  },
  {
    cause: /certificate|CERT|unknown ca/,
    advice:
      'Have the certificate name this host and a known authority, or set NODE_EXTRA_CA_CERTS. If the server wants one of yours: ioredis: { tls: { cert, key } }.',
    notRetryable: true,
  },
  {
    cause: /ETIMEDOUT|no answer/,
    advice: 'Is there a firewall, is it still loading, or does it want TLS (rediss://), or none (redis://)?',
  },
]

/** What to do about an error. Undefined when we do not know. */
export function hintFor(message: string): Hint | undefined {
  return HINTS.find(({ cause }) => cause.test(message))
}

/** What to log when Redis cannot be used: one line without secrets, with what to do about it where we know. */
export function describe(error: unknown, url: string) {
  const start = redactSecrets(String(error), url).slice(0, 300)
  // Line ends, control and direction characters.
  const text = start.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
  const hint = hintFor(text)
  const line = `Redis cannot be used at ${redactUrl(url)}: ${text}${hint ? ` (${hint.advice})` : ''}`
  return { line, notRetryable: hint?.notRetryable }
}
