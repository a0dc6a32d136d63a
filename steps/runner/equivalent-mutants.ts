/** Mutants that behave as the code does, by name, and why no test can tell them apart. */
export const equivalents: ReadonlyMap<string, string> = new Map([])
