/** Something wrong with the course itself, told to whoever can mend it. */
export interface Problem {
  /** File or folder, from the root of the repository, with forward slashes. */
  readonly where: string
  readonly what: string
  readonly mend: string
}
