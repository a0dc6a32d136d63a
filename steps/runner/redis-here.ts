import { connect } from 'node:net'

/** How long it may take to answer, in milliseconds. */
const patience = 500

/**
 * Whether Redis answers where the finished client would look for it: at REDIS_URL, or at localhost. In a sentence, and
 * without what else is in the url.
 */
export function redisHere(env: NodeJS.ProcessEnv): Promise<string> {
  const given = env['REDIS_URL'] || 'redis://localhost:6379'
  const { protocol, hostname, port } = URL.canParse(given) ? new URL(given) : new URL('none:')
  if (!/^rediss?:$/.test(protocol) || hostname === '') {
    return Promise.resolve(
      'REDIS_URL is set, but is no redis:// or rediss:// url. The course does not need one',
    )
  }
  const place = `${hostname}:${port || 6379}`
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || 6379) })
    const answer = (says: string) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(says)
    }
    let connected = false
    const timer = setTimeout(
      () =>
        answer(
          connected
            ? `What listens at ${place} does not answer. The course does not need a Redis`
            : `${place} cannot be reached. The course does not need a Redis`,
        ),
      patience,
    )
    socket
      .once('connect', () => {
        connected = true
        if (protocol === 'redis:') socket.write('PING\r\n')
        else answer(`Something listens at ${place}, probably Redis. The course does not need it`)
      })
      .once('data', (data) =>
        answer(
          // Whoever is asked for a password first is told so, in words that begin with a minus.
          /^(?:\+PONG|-)/.test(data.toString())
            ? `Redis answers at ${place}. The course does not need it`
            : `What listens at ${place} is not Redis. The course does not need one`,
        ),
      )
      .once('error', () => answer(`No Redis at ${place}. The course does not need one`))
      .once('close', () => answer(`What listens at ${place} hangs up. The course does not need a Redis`))
  })
}
