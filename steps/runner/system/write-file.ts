import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file and the folders above it. */
export function writeFile(path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}

/** The same, with the bytes on the disk when it returns and not only in the system's memory: for what was typed. */
export function writeDurably(path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'w')
  try {
    writeFileSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Replaces a file in one go: whoever reads it, whenever, finds the old bytes or the new ones, whole. */
export function replaceFile(path: string, bytes: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    writeFile(temporary, bytes)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
