import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Problem } from './contract.ts'
import type { Course } from './course.ts'
import { blocksOf, withBlocks, type Block } from './marked-blocks.ts'
import { textOfProof } from './proof-text.ts'
import { headOf, staleIn } from './rules/prose.ts'
import { stateAt, type State } from './state.ts'
import { ThrowawayCopy } from './throwaway-copy.ts'
import type { Proof } from './verify.ts'

/** A text with blocks that are not as they should be. */
export interface StaleText {
  /** From the root, with forward slashes. */
  readonly path: string
  /** Block -> what should stand in it. */
  readonly mended: ReadonlyMap<Block, string>
  /** What only a person can mend. */
  readonly problems: readonly Problem[]
}

/** The README and `docs/`: whatever in them is marked is looked at, commands are run. Lessons are a rule's business. */
export function staleDocs(course: Course, proof: Pick<Proof, 'problems' | 'proven'>): readonly StaleText[] {
  const documents = documentsOf(course)
  if (documents.length === 0) return []
  using copy = new ThrowawayCopy(course.root)
  const files = new Map([...stateAt(course, Infinity), ...recipesIn(course)])
  return documents.map((path) => {
    const mended = new Map<Block, string>()
    const problems: Problem[] = []
    for (const block of blocksOf(readFileSync(join(course.root, path), 'utf8'))) {
      if (block.mark.kind === 'run') {
        const now = outputOf(block.mark.command, copy, proof)
        if (now === null) {
          problems.push({
            where: path,
            what: `"${block.mark.command}" is not a command that can be shown`,
            mend: 'show one that begins with npm run step',
          })
        } else if (now !== block.text) mended.set(block, now)
      } else {
        const found = staleIn(block, files, null)
        if (found) problems.push({ where: path, ...found })
      }
    }
    return { path, mended, problems }
  })
}

/** The lessons whose failures are not any more what their reds say. */
export function staleLessons(course: Course, { failures }: Pick<Proof, 'failures'>): readonly StaleText[] {
  return course.steps.map((step) => {
    const path = `steps/${step.folder}/README.md`
    const failure = failures.get(step.number) ?? null
    const blocks = blocksOf(readFileSync(join(course.root, path), 'utf8')).filter(
      (block) => block.mark.kind === 'failure' && staleIn(block, new Map(), failure),
    )
    const mended = new Map(failure ? blocks.map((block) => [block, `${headOf(failure)}\n`] as const) : [])
    return { path, mended, problems: [] }
  })
}

/** Writes what should stand in the blocks. */
export function rewrite(course: Course, { path, mended }: StaleText): void {
  const disk = join(course.root, path)
  writeFileSync(disk, withBlocks(readFileSync(disk, 'utf8'), mended))
}

/** What is wrong with the documents, for the proof. */
export const problemsOf = ({ path, mended, problems }: StaleText): readonly Problem[] => [
  ...problems,
  ...[...mended.keys()].map(({ mark }) => ({
    where: path,
    what: `it does not show what "${mark.kind === 'run' ? mark.command : mark.kind}" prints now`,
    mend: 'npm run step docs writes it anew',
  })),
]

/** Code that documents show and that is no part of the course: `npm run recipes` type-checks and runs it. */
function recipesIn({ root }: Course): State {
  const folder = join(root, 'configs', 'recipes')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : []
  return new Map(names.map((name) => [`configs/recipes/${name}`, readFileSync(join(folder, name))]))
}

function documentsOf({ root }: Course): readonly string[] {
  const docs = existsSync(join(root, 'docs')) ? readdirSync(join(root, 'docs')) : []
  const paths = ['README.md', ...docs.map((name) => `docs/${name}`)]
  return paths.filter((path) => path.endsWith('.md') && existsSync(join(root, path)))
}

function outputOf(
  command: string,
  copy: ThrowawayCopy,
  proof: Pick<Proof, 'problems' | 'proven'>,
): string | null {
  const words = /^npm run step(?<words>(?: \S+)*)$/.exec(command)?.groups?.['words']
  if (words === undefined) return null
  // This is the proof: it is not made within itself.
  const printed =
    words === ' verify'
      ? textOfProof(proof)
          .map((line) => ` ${line}`)
          .join('\n')
      : copy.step(words.split(' ').filter((word) => word !== ''))
  const lines = stripVTControlCharacters(printed).replaceAll(copy.root, '.').split('\n')
  return `${lines
    .map((line) => line.replace(/^ /, '').trimEnd())
    .join('\n')
    .trim()}\n`
}
