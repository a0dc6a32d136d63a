import type { Vite } from 'vitest/node'

/**
 * An import that leads nowhere fails. Vitest tries it again as if vite's root imported it, and from there `../../src`
 * may be another state's file, or the learner's own.
 */
export const noWayOut = (root: string): Vite.Plugin => {
  const page = `${root.replaceAll('\\', '/')}/index.html`
  return {
    name: 'no-way-out',
    enforce: 'pre',
    // Below a page there are no files, so it is reported as missing, in vitest's own words.
    resolveId: (id, importer) => (id.startsWith('.') && importer === page ? `${page}/${id}` : null),
  }
}
