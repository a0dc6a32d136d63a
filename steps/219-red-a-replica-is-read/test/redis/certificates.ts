import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** A certificate and its key, each the path of a file. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** Makes a certificate that is valid from now to the day after tomorrow, for this machine or for another name. */
function make(
  folder: string,
  name: string,
  subjectAltName: string,
  signedBy?: Certificate,
  isAuthority = false,
): Certificate {
  const made = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) }
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', made.key]
  const extensions = ['-addext', `subjectAltName=${subjectAltName}`]
  if (!isAuthority) extensions.push('-addext', 'basicConstraints=critical,CA:FALSE')
  const authority = signedBy ? ['-CA', signedBy.cert, '-CAkey', signedBy.key] : []
  execFileSync(
    'openssl',
    ['req', '-x509', '-days', '2', '-subj', `/CN=${name}`, ...newKey, ...extensions, ...authority].concat(
      '-out',
      made.cert,
    ),
    { stdio: 'pipe' },
  )
  return made
}

/** Settings of a redis-server that speaks TLS at this port; whether it wants a certificate of its clients. */
export function tlsSettings(
  port: number,
  authority: Certificate,
  { cert, key }: Certificate,
  clientCertificate: 'no' | 'yes' = 'no',
): string[] {
  const tls = ['--port', '0', '--tls-port', `${port}`, '--tls-auth-clients', clientCertificate]
  return [...tls, '--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', authority.cert]
}

/** Certificates for tests, made with openssl: nothing that is kept anywhere can expire. */
export function makeCertificates(folder: string) {
  const here = 'IP:127.0.0.1,DNS:localhost'
  const authority = make(folder, 'authority', 'DNS:authority.test', undefined, true)
  return {
    authority,
    good: make(folder, 'good', here, authority),
    selfSigned: make(folder, 'self-signed', here),
    ofAnotherHost: make(folder, 'elsewhere', 'DNS:elsewhere.test', authority),
  }
}
