/** What to do about an error, by what its message says. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'Nobody listens there. Start it with redis-server, or set REDIS_URL.'],
  [/ENOTFOUND|EAI_AGAIN/, 'Check the host name in REDIS_URL; nothing is known under it here.'],
  [/WRONGPASS|NOAUTH/, 'Check user and password in REDIS_URL.'],
  [/ECONNRESET|EPIPE|closed/, 'The server hung up. It may want TLS (rediss://), or have reached maxclients.'],
  [
    /certificate|CERT/,
    'Have the certificate name this host and a known authority, or set NODE_EXTRA_CA_CERTS.',
  ],
  [/ETIMEDOUT|no answer/, 'Is there a firewall, is it still loading, or does it want TLS (rediss://)?'],
]

/** What a person can do about an error. Empty when we do not know. */
export function hintFor(message: string): string {
  const [, hint] = HINTS.find(([cause]) => cause.test(message)) ?? []
  return hint ? ` (${hint})` : ''
}
