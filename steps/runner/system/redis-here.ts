import { connect } from 'node:net'

/** How long it may take to answer, in milliseconds. */
const answerTimeout = 500

/**
 * Whether Redis answers where the finished client would look for it: at REDIS_URL, or at localhost. In a sentence, and
 * without what else is in the url.
 */
export async function redisHere(env: NodeJS.ProcessEnv): Promise<string> {
  return `${await found(env['REDIS_URL'] || 'redis://localhost:6379')}. The course does not need one`
}

async function found(url: string): Promise<string> {
  const { protocol, hostname, port } = URL.canParse(url) ? new URL(url) : new URL('none:')
  if (!/^rediss?:$/.test(protocol) || hostname === '') {
    return 'REDIS_URL is set, but is no redis:// or rediss:// url'
  }
  const place = `${hostname}:${port || 6379}`
  const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || 6379) })
  let silence = `${place} cannot be reached`
  try {
    return await new Promise((resolve) => {
      socket.setTimeout(answerTimeout, () => resolve(silence))
      socket
        .once('connect', () => {
          silence = `What listens at ${place} does not answer as Redis does`
          if (protocol === 'redis:') socket.write('PING\r\n')
          else resolve(`Something listens at ${place}, probably Redis`)
        })
        // A Redis that asks for a password first says so in an error reply, which begins with a minus.
        .once('data', (data) =>
          resolve(
            /^(?:\+PONG|-)/.test(data.toString()) ? `Redis answers at ${place}` : `At ${place} is no Redis`,
          ),
        )
        .once('error', () => resolve(`No Redis at ${place}`))
        .once('end', () => resolve(silence))
    })
  } finally {
    socket.destroy()
  }
}
