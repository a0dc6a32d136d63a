import { reasonOf } from './refusal.ts'

/** Whether a process of that number runs on this machine. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return reasonOf(error) === 'EPERM'
  }
}
