import type { Cluster, Redis } from 'ioredis'

/** As long as a connection may take to be ready, in milliseconds. */
const LIMIT = 2_500

/** Connects, unless that takes too long or is not wanted any more. Throws why it could not be done. */
export async function opened<Client extends Cluster | Redis>(
  client: Client,
  signal: AbortSignal,
): Promise<Client> {
  let cause: unknown // connect() itself says only "Connection is closed."
  client.on('error', (error) => (cause = error))
  const tooLate = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)])
  const giveUp = () => client.disconnect()
  tooLate.addEventListener('abort', giveUp)
  try {
    await client.connect()
    return client
  } catch (error) {
    throw tooLate.aborted ? tooLate.reason : (cause ?? error)
  } finally {
    tooLate.removeEventListener('abort', giveUp)
  }
}
