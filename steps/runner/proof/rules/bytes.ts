import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemIn, type Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Each file of a step is plain UTF-8 with line feeds, on every system the same bytes. */
export function* checkBytes({ course, folds }: Pick<Evidence, 'course' | 'folds'>): Iterable<Problem> {
  const fix = 'let your editor save it as UTF-8 without a byte order mark, with line feeds (LF)'
  for (const { step } of folds) {
    const texts = ['README.md', 'step.yaml'].flatMap((name) => {
      const disk = join(course.root, 'steps', step.folder, name)
      return existsSync(disk) ? [[name, readFileSync(disk)] as const] : []
    })
    for (const [path, bytes] of [...texts, ...step.files]) {
      const text = bytes.toString('utf8')
      if (text.startsWith('\uFEFF')) yield problemIn(step, path, 'it begins with a byte order mark', fix)
      if (text.includes('\r')) yield problemIn(step, path, 'it has carriage returns (CR) in it', fix)
      if (!Buffer.from(text).equals(bytes)) yield problemIn(step, path, 'it is not UTF-8', fix)
    }
  }
}
