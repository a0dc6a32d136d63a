// Starts redis-server and ends it when whoever started us is gone, even when that was killed: then our stdin ends.
// A server that is left behind holds a port, and one that is frozen would stay for ever.
import { spawn } from 'node:child_process'

const server = spawn('redis-server', process.argv.slice(2), { stdio: ['ignore', 'inherit', 'inherit'] })
// Ctrl-C reaches every process of the terminal. We end by our stdin, after the server.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
process.stdin.on('end', () => server.kill('SIGKILL')).resume()
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(127)
})
server.on('exit', (code) => process.exit(code ?? 0))
