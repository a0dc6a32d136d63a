import { readFileSync } from 'node:fs'
import { machinery } from './machinery.ts'
import type { Location } from '../system/locations.ts'
import { checked, deleteFile, replaceFile } from '../system/write-file.ts'
import type { FileResult } from '../test-runs/test-results.ts'
import type { Uncovered } from '../test-runs/uncovered.ts'

/** What was found of one state. */
export interface Found {
  /** Folder of the step that it is a state of, or was made from. */
  readonly step: string
  /** Name of the state's folder. */
  readonly state: string
  /** Fingerprint of a test file and of all it may load -> how it ended. */
  readonly results: readonly (readonly [key: string, result: FileResult])[]
  /** What its tests left uncovered, by path from `src/` up; null when that was not measured. */
  readonly uncovered: readonly (readonly [path: string, uncovered: readonly Uncovered[]])[] | null
  /** Fingerprint of the state's code. */
  readonly key: string
}

/** What earlier proofs found. */
export interface Memory {
  readonly results: ReadonlyMap<string, FileResult>
  /** Fingerprint of a state -> what was uncovered in it. */
  readonly uncovered: ReadonlyMap<string, NonNullable<Found['uncovered']>>
  /** Fingerprints of the texts of states that type-check and are lint-clean. */
  readonly clean: ReadonlySet<string>
  /** Fingerprint of a file's bytes -> that of its code. */
  readonly codes: ReadonlyMap<string, string>
}

const nothing: Memory = { results: new Map(), uncovered: new Map(), clean: new Set(), codes: new Map() }

/** As it was when this process first asked: what changes while a proof runs is not what its results come from. */
const machineryHere = (): string => (here ??= machinery())
let here: string | undefined

/** What is known from before. Nothing when the machinery, the packages or Node are not the same any more. */
export function recall(file: Location): Memory {
  try {
    const { version, results, uncovered, clean, codes } = JSON.parse(readFileSync(checked(file), 'utf8'))
    if (version !== machineryHere()) return nothing
    return {
      results: new Map(results),
      uncovered: new Map(uncovered),
      clean: new Set(clean),
      codes: new Map(codes),
    }
  } catch {
    return nothing // None yet, or cut short: then everything is run, and written anew.
  }
}

/** Keeps what was found in the states that were sound; it is all that the next proof remembers. */
export function remember(
  file: Location,
  found: readonly Found[],
  {
    isSound,
    clean,
    codes,
  }: { readonly isSound: (state: Found) => boolean } & Pick<Memory, 'clean' | 'codes'>,
): void {
  const sound = found.filter(isSound)
  const known = {
    version: machineryHere(),
    results: sound.flatMap(({ results }) => results),
    uncovered: sound.flatMap(({ key, uncovered }) => (uncovered === null ? [] : [[key, uncovered]])),
    clean: [...clean],
    codes: [...codes],
  }
  replaceFile(file, JSON.stringify(known))
}

/** The next proof begins from nothing. */
export function forget(file: Location): void {
  deleteFile(file)
}
