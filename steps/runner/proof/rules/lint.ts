import type { Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Each green and refactor is lint-clean. */
export const checkLint = ({ lint }: Pick<Evidence, 'lint'>): readonly Problem[] =>
  lint.map(({ filename, message, code, labels }) => ({
    where: `steps/${filename.replaceAll('\\', '/')}`,
    what: `line ${labels?.[0]?.span.line ?? 1} at this step: ${message}${code === undefined ? '' : ` (${code})`}`,
    fix: 'every green and refactor is lint-clean: write it as the linter wants it',
  }))
