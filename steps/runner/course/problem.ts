/** Something wrong with the course itself, for a maintainer to fix. */
export interface Problem {
  /** Folder of the step that it is in; null when it is in none, or it is not known in which. */
  readonly step: string | null
  /** File or folder, from the root of the repository, with forward slashes. */
  readonly where: string
  readonly what: string
  readonly fix: string
}

/** In a step, or in a file of it. */
export const problemIn = ({ folder }: { readonly folder: string }, path: string, what: string, fix: string) =>
  ({ step: folder, where: path === '' ? `steps/${folder}` : `steps/${folder}/${path}`, what, fix }) as const

/** In a file or folder that is no step's. */
export const problemAt = (where: string, what: string, fix: string): Problem => ({
  step: null,
  where,
  what,
  fix,
})
