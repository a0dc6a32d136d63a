/** Something wrong with the course itself, for a maintainer to fix. */
export interface Problem {
  /** File or folder, from the root of the repository, with forward slashes. */
  readonly where: string
  readonly what: string
  readonly fix: string
}
