/** Something wrong with the course itself, told to whoever can fix it. */
export interface Problem {
  /** File or folder, from the root of the repository, with forward slashes. */
  readonly where: string
  readonly what: string
  readonly fix: string
}
