import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { makeCertificates, tlsSettings, type Certificate } from './certificates.ts'
import { proxyTo } from './proxy.ts'
import { RealServer } from './server.ts'
import type { Service } from './services.ts'

/** A piece of every password and user name that a service is given here. It must show nowhere. */
export const MARK = 'Zq7mark'

const USER = `ada-${MARK}`
const PASSWORD = `${MARK}@home!`

/** What a service goes through. */
export interface Fault {
  readonly name: string
  /** Makes the trouble, or a server that is well until it strikes. */
  begin(): Promise<Scene>
  /** What the service has to get: no client, or this for its INCR. */
  readonly gets: null | RegExp
  /** Within how many milliseconds; 0 is at once. */
  readonly within: number
  /** What the log tells a person; null when nothing has to be told. */
  readonly log: RegExp | null
  /** The connection is lost, and the service notices, before it asks again. */
  readonly loses?: true
  /** The connection is given up after the first answer. */
  readonly drops?: true
  /** What it asks for. By default a single INCR. */
  readonly asks?: 'pipeline' | 'select' | 'lent' | 'pile' | 'look'
  /** For so many milliseconds the process itself is busy after it has asked. */
  readonly busy?: number
  /** How often it may dial while the trouble lasts. By default once, and some times more when it had a connection. */
  readonly dials?: number
  /** What ioredis does is one thing or another from run to run. */
  readonly unsteady?: true
}

export interface Scene {
  readonly url: string
  /** What a service needs in its environment. */
  readonly env?: NodeJS.ProcessEnv
  /** Brings the trouble to a service that is connected. Without it the trouble is there from the start. */
  strike?(services: readonly Service[]): Promise<unknown> | void
  /** Brings the trouble while services wait for an answer. */
  interrupt?(services: number): Promise<void>
  /** Ends the trouble. */
  fix(service: Service): Promise<unknown> | void
  /** How often the server has counted at a key. */
  counted(name: string): Promise<number>
  end(): Promise<void>
}

/** A user of the server with everything allowed, as arguments of redis-server. */
const asUser = (name: string, password: string) => ['--user', name, 'on', `>${password}`, '~*', '&*', '+@all']

/** The url with a user and a password, as one has to write them there. */
function as(url: string, user: string, password: string): string {
  return url.replace('//', `//${encodeURIComponent(user)}:${encodeURIComponent(password)}@`)
}

const ASKED_FOR = asUser(USER, PASSWORD)

/** A scene on a server of its own. */
function sceneOn(server: RealServer, rest: Omit<Scene, 'url' | 'counted' | 'end'> & Partial<Scene>): Scene {
  return {
    url: as(server.url, USER, PASSWORD),
    counted: async (name) => Number(await server.call('GET', name)),
    end: () => server.stop(),
    ...rest,
  }
}

async function nothingListens(): Promise<Scene> {
  const server = await RealServer.reserve()
  return sceneOn(server, { fix: () => server.run(ASKED_FOR) })
}

/** Who listens there accepts every connection, reads, and says nothing. */
async function acceptsAndNeverAnswers(): Promise<Scene> {
  const server = await RealServer.reserve()
  const sockets: Socket[] = []
  const silent = createServer((socket) => {
    sockets.push(socket.on('error', () => {}).resume())
  })
  await once(silent.listen(server.port, '127.0.0.1'), 'listening')
  return sceneOn(server, {
    fix: async () => {
      for (const each of sockets) each.destroy()
      await once(silent.close(), 'close')
      await server.run(ASKED_FOR)
    },
  })
}

/** Who listens there hears a command, and ends the connection as one does. */
async function hangsUpPolitely(): Promise<Scene> {
  const server = await RealServer.reserve()
  const sockets: Socket[] = []
  const polite = createServer((socket) => {
    sockets.push(socket.on('error', () => {}).on('data', () => socket.end()))
  })
  await once(polite.listen(server.port, '127.0.0.1'), 'listening')
  return sceneOn(server, {
    fix: async () => {
      for (const each of sockets) each.destroy()
      await once(polite.close(), 'close')
      await server.run(ASKED_FOR)
    },
  })
}

/** The queue of connections that a frozen server has not accepted yet is full: the system drops further SYNs. */
async function synDropped(): Promise<Scene> {
  const server = await RealServer.start(['--tcp-backlog', '1', ...ASKED_FOR])
  server.freeze()
  const fillers: Socket[] = []
  const accepted = async () => {
    const filler = connect(server.port, '127.0.0.1').on('error', () => {})
    fillers.push(filler)
    return Promise.race([
      once(filler, 'connect').then(() => true),
      once(AbortSignal.timeout(300), 'abort').then(() => false),
    ])
  }
  while (await accepted());
  return sceneOn(server, {
    fix: () => {
      for (const each of fillers) each.destroy()
      server.thaw()
    },
  })
}

async function killedAndBack(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  return sceneOn(server, { strike: () => server.kill(), fix: () => server.run(ASKED_FOR) })
}

async function frozen(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  return sceneOn(server, { strike: () => server.freeze(), fix: () => server.thaw() })
}

async function wrongPassword(): Promise<Scene> {
  const server = await RealServer.start(asUser(USER, 'another-one'))
  return sceneOn(server, { fix: () => server.call('ACL', 'SETUSER', USER, `>${PASSWORD}`) })
}

async function wrongUser(): Promise<Scene> {
  const server = await RealServer.start(asUser('grace', PASSWORD))
  return sceneOn(server, { fix: () => server.call('ACL', 'SETUSER', ...ASKED_FOR.slice(1)) })
}

/** The user may do everything but go to the database of the url. */
async function databaseRefused(): Promise<Scene> {
  const server = await RealServer.start([...ASKED_FOR, '-select'])
  return sceneOn(server, {
    url: as(server.url, USER, PASSWORD).replace(/0$/, '3'),
    fix: () => server.call('ACL', 'SETUSER', USER, '+select'),
    counted: async (name) => {
      await server.call('SELECT', '3')
      return Number(await server.call('GET', name))
    },
  })
}

/** The user may do everything but what a client asks at every connection. */
async function handshakeRefused(): Promise<Scene> {
  const server = await RealServer.start([...ASKED_FOR, '-client', '-info'])
  return sceneOn(server, { fix: () => {} })
}

/** As behind a proxy that does not know it. */
async function infoUnknown(): Promise<Scene> {
  const server = await RealServer.reserve()
  const admin = { enableReadyCheck: false }
  await server.run(['--rename-command', 'INFO', 'hidden', ...ASKED_FOR], { admin })
  return sceneOn(server, {
    fix: async () => {
      await server.kill()
      await server.run(ASKED_FOR)
    },
  })
}

/** The trouble is in the service. */
async function well(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  return sceneOn(server, { fix: () => {} })
}

/** The trouble is in the service, when it is connected. */
async function wellAndConnected(): Promise<Scene> {
  return { ...(await well()), strike: () => {} }
}

async function leaving(): Promise<Scene> {
  return {
    ...(await well()),
    strike: (services) => Promise.all(services.map((each) => each.does('leave'))),
  }
}

async function passwordMissing(): Promise<Scene> {
  const server = await RealServer.start(['--requirepass', PASSWORD], { admin: { password: PASSWORD } })
  return sceneOn(server, { url: server.url, fix: () => server.call('CONFIG', 'SET', 'requirepass', '') })
}

async function passwordNotNeeded(): Promise<Scene> {
  const server = await RealServer.start()
  return sceneOn(server, {
    url: server.url.replace('//', `//:${encodeURIComponent(PASSWORD)}@`),
    fix: () => {},
  })
}

async function passwordChanged(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  return sceneOn(server, {
    strike: async () => {
      await server.call('ACL', 'SETUSER', USER, 'resetpass', '>another-one')
      await server.call('CLIENT', 'KILL', 'USER', USER)
    },
    fix: () => server.call('ACL', 'SETUSER', USER, `>${PASSWORD}`),
  })
}

/** A hundredth of a second a key, more than a minute and a half until we end it: as if its data were huge. */
async function loading(): Promise<Scene> {
  const server = await RealServer.start()
  const fill = `for n = 1, 10000 do redis.call('SET', 'bulk:' .. n, string.rep('x', 1100)) end`
  await server.call('EVAL', fill, '0')
  await server.call('SAVE')
  await server.kill()
  const slowly = ['--key-load-delay', '10000', '--loading-process-events-interval-bytes', '1024']
  // Its administrator does not wait until the data is loaded.
  const options = { milestone: 'Server initialized', admin: { enableReadyCheck: false } } as const
  await server.run([...slowly, '--rdbcompression', 'no', ...ASKED_FOR], options)
  return sceneOn(server, { fix: () => server.call('CONFIG', 'SET', 'key-load-delay', '0') })
}

async function becameAReplica(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  return sceneOn(server, {
    // Its master is somewhere where nobody listens: it knows what it has, and takes no writes.
    strike: () => server.call('REPLICAOF', '127.0.0.1', '1'),
    fix: () => server.call('REPLICAOF', 'NO', 'ONE'),
  })
}

/** The administrator has the only place. */
async function maxclients(): Promise<Scene> {
  const server = await RealServer.start(['--maxclients', '1', ...ASKED_FOR])
  await server.call('PING')
  return sceneOn(server, { fix: () => server.call('CONFIG', 'SET', 'maxclients', '100') })
}

async function outOfMemory(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  return sceneOn(server, {
    strike: () => server.call('CONFIG', 'SET', 'maxmemory', '1'),
    fix: () => server.call('CONFIG', 'SET', 'maxmemory', '0'),
  })
}

/** Settings of a server that speaks TLS, at the port it has, with the user that is asked for. */
function withTls(server: RealServer, authority: Certificate, certificate: Certificate): string[] {
  return [...tlsSettings(server.port, authority, certificate), ...ASKED_FOR]
}

/** Its own administrator need not be shown a certificate that is good. */
const OVER_TLS = { admin: { tls: { rejectUnauthorized: false } } }

const overTls = (url: string) => as(url, USER, PASSWORD).replace('redis:', 'rediss:')

async function tlsClientPlainServer(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  const { authority, good } = makeCertificates(server.folder)
  return sceneOn(server, {
    url: overTls(server.url),
    env: { NODE_EXTRA_CA_CERTS: authority.cert },
    fix: async () => {
      await server.kill()
      await server.run(withTls(server, authority, good), OVER_TLS)
    },
  })
}

async function plainClientTlsServer(): Promise<Scene> {
  const server = await RealServer.reserve()
  const { authority, good } = makeCertificates(server.folder)
  await server.run(withTls(server, authority, good), OVER_TLS)
  return sceneOn(server, {
    fix: async () => {
      await server.kill()
      await server.run(ASKED_FOR)
    },
  })
}

/** A server whose certificate is no good, until it gets one that is. */
async function badCertificate(which: 'selfSigned' | 'ofAnotherHost'): Promise<Scene> {
  const server = await RealServer.reserve()
  const certificates = makeCertificates(server.folder)
  const { authority, good } = certificates
  await server.run(withTls(server, authority, certificates[which]), OVER_TLS)
  return sceneOn(server, {
    url: overTls(server.url),
    env: { NODE_EXTRA_CA_CERTS: authority.cert },
    fix: () => server.call('CONFIG', 'SET', 'tls-cert-file', good.cert, 'tls-key-file', good.key),
  })
}

async function unknownHost(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  return sceneOn(server, {
    url: as(server.url, USER, PASSWORD).replace('127.0.0.1', 'redis.invalid'),
    fix: (service) => service.does('know', 'redis.invalid'),
  })
}

/** The name is known until the connection is lost, and again when it is over. */
async function hostNameGone(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  return sceneOn(server, {
    url: as(server.url, USER, PASSWORD).replace('127.0.0.1', 'redis.invalid'),
    env: { KNOWN_HOST: 'redis.invalid' },
    strike: async (services) => {
      await Promise.all(services.map((each) => each.does('know', 'another.invalid')))
      await server.call('CLIENT', 'KILL', 'USER', USER)
    },
    fix: (service) => service.does('know', 'redis.invalid'),
  })
}

async function killedInPipeline(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  return sceneOn(server, {
    strike: () => {},
    interrupt: async (services) => {
      while (!String(await server.call('INFO', 'clients')).includes(`blocked_clients:${services}`));
      await server.call('CLIENT', 'KILL', 'USER', USER)
    },
    fix: () => {},
  })
}

async function cutAfterItWasApplied(): Promise<Scene> {
  const server = await RealServer.start(ASKED_FOR)
  const proxy = await proxyTo(server.port)
  return sceneOn(server, {
    url: as(proxy.url, USER, PASSWORD),
    strike: () => proxy.cutAtNextAnswer(),
    fix: () => {},
    end: async () => {
      await proxy.stop()
      await server.stop()
    },
  })
}

/** How long it may take to give up dialling, and to give up on a command; in milliseconds. */
const DIAL = 2_500
const COMMAND = 5_000

const startRedis = /Start it with redis-server/
const credentials = /Check user and password in REDIS_URL/
const without = /refuses [a-z, ]+; the client works without/
const noInfo = /Set the option ioredis: \{ enableReadyCheck: false \}/
const lost = /Redis lost the connection to .* It comes back by itself/
const certificate = /Have the certificate name this host and a known authority, or set NODE_EXTRA_CA_CERTS/
const noAnswer =
  /no answer within 2500 ms \(Is there a firewall, is it still loading, or does it want TLS \(rediss:\/\/\), or none \(redis:\/\/\)\?\)/
const hungUp =
  /The server hung up. It may want TLS \(rediss:\/\/\), your certificate, or have reached maxclients/
const databaseNumber = /Check the database number in REDIS_URL/
const hostName = /Check the host name in REDIS_URL/

export const FAULTS: readonly Fault[] = [
  { name: 'nothing listens', begin: nothingListens, gets: null, within: 0, log: startRedis },
  {
    name: 'accepts and never answers',
    begin: acceptsAndNeverAnswers,
    gets: null,
    within: DIAL,
    log: noAnswer,
  },
  { name: 'hangs up politely', begin: hangsUpPolitely, gets: null, within: 0, log: hungUp },
  { name: 'SYN dropped', begin: synDropped, gets: null, within: DIAL, log: noAnswer },
  {
    name: 'killed, and back on the same port',
    begin: killedAndBack,
    loses: true,
    gets: null,
    within: 0,
    log: lost,
  },
  {
    name: 'frozen, and thawed',
    begin: frozen,
    gets: /^Command timed out$/,
    within: COMMAND,
    drops: true,
    log: lost,
  },
  {
    name: 'frozen under a borrower, and thawed',
    begin: frozen,
    asks: 'lent',
    gets: /^Command timed out$/,
    within: COMMAND,
    log: null,
  },
  { name: 'wrong password', begin: wrongPassword, gets: null, within: 0, log: credentials },
  { name: 'wrong user', begin: wrongUser, gets: null, within: 0, log: credentials },
  { name: 'password missing (NOAUTH)', begin: passwordMissing, gets: null, within: 0, log: credentials },
  { name: 'database refused (SELECT)', begin: databaseRefused, gets: null, within: 0, log: databaseNumber },
  { name: 'password where none is needed', begin: passwordNotNeeded, gets: /^1$/, within: 0, log: without },
  { name: 'CLIENT and INFO refused', begin: handshakeRefused, gets: /^1$/, within: 0, log: without },
  { name: 'INFO unknown (a proxy)', begin: infoUnknown, gets: null, within: 0, log: noInfo },
  {
    name: 'another caller SELECTs a database',
    begin: wellAndConnected,
    asks: 'select',
    gets: /^2, error$/,
    within: 0,
    log: null,
  },
  {
    name: 'password changed while connected',
    begin: passwordChanged,
    loses: true,
    gets: null,
    within: 0,
    log: credentials,
    // The one it had, one borrowed, and attempts to come back: after a second, and then every 2.5 to 5.
    dials: 5,
  },
  { name: 'loading its data (LOADING)', begin: loading, gets: null, within: DIAL, log: noAnswer },
  { name: 'became a replica (READONLY)', begin: becameAReplica, gets: /^READONLY /, within: 0, log: lost },
  {
    name: 'maxclients reached',
    begin: maxclients,
    gets: null,
    within: 0,
    log: hungUp,
    unsteady: true,
  },
  { name: 'out of memory (OOM)', begin: outOfMemory, gets: /^OOM /, within: 0, log: null },
  {
    name: 'TLS client, plain server',
    begin: tlsClientPlainServer,
    gets: null,
    within: DIAL,
    log: noAnswer,
  },
  { name: 'plain client, TLS server', begin: plainClientTlsServer, gets: null, within: 0, log: hungUp },
  {
    name: 'self-signed certificate',
    begin: () => badCertificate('selfSigned'),
    gets: null,
    within: 0,
    log: certificate,
  },
  {
    name: 'certificate of another host',
    begin: () => badCertificate('ofAnotherHost'),
    gets: null,
    within: 0,
    log: certificate,
  },
  { name: 'unknown host', begin: unknownHost, gets: null, within: 0, log: hostName },
  {
    name: 'host name unknown for a while',
    begin: hostNameGone,
    loses: true,
    gets: null,
    within: 0,
    log: lost,
  },
  {
    name: 'process busy for 3 s while it dials',
    begin: well,
    busy: 3_000,
    gets: /^1$/,
    within: 0,
    log: null,
  },
  {
    name: 'process busy for 6 s, a command under way',
    begin: wellAndConnected,
    busy: 6_000,
    gets: /^2$/,
    within: 0,
    log: null,
  },
  {
    name: 'closed with 100,000 commands under way',
    begin: well,
    asks: 'pile',
    gets: /^100000$/,
    within: 0,
    log: null,
  },
  {
    name: 'exits, or throws, right after a command',
    begin: leaving,
    asks: 'look',
    gets: /^3$/,
    within: 0,
    log: null,
  },
  {
    name: 'CLIENT KILL in the middle of a pipeline',
    begin: killedInPipeline,
    asks: 'pipeline',
    gets: /^2, 3, error, error, error$/,
    within: 0,
    log: lost,
  },
  {
    name: 'cut after a command was applied',
    begin: cutAfterItWasApplied,
    gets: /^Reached the max retries/,
    within: 0,
    log: lost,
  },
]
