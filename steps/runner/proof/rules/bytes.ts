import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Each file of a step is plain UTF-8 with line feeds, on every system the same bytes. */
export function checkBytes({ course, folds }: Pick<Evidence, 'course' | 'folds'>): readonly Problem[] {
  return folds.flatMap(({ step }) => {
    const texts = ['README.md', 'step.yaml'].flatMap((name) => {
      const disk = join(course.root, 'steps', step.folder, name)
      return existsSync(disk) ? [[name, readFileSync(disk)] as const] : []
    })
    return [...texts, ...step.files].flatMap(([path, bytes]) =>
      oddIn(bytes).map((what) => ({
        where: `steps/${step.folder}/${path}`,
        what,
        fix: 'let your editor save it as UTF-8 without a byte order mark, with line feeds (LF)',
      })),
    )
  })
}

function oddIn(bytes: Buffer): readonly string[] {
  const text = bytes.toString('utf8')
  return [
    ...(text.startsWith('\uFEFF') ? ['it begins with a byte order mark'] : []),
    ...(text.includes('\r') ? ['it has carriage returns (CR) in it'] : []),
    ...(Buffer.from(text).equals(bytes) ? [] : ['it is not UTF-8']),
  ]
}
