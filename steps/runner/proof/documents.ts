import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { problemAt, type Problem } from '../course/problem.ts'
import type { Course } from '../course/read-course.ts'
import { blocksOf, picturesOf, withBlocks, type Block } from '../course/marked-blocks.ts'
import { textOfProof } from './proof-text.ts'
import { staleMap } from './map.ts'
import type { StaleFile } from './stale-file.ts'
import { pictureOf } from './terminal-picture.ts'
import { headOf, staleIn, typeableIn, unknownIn } from './rules/prose.ts'
import { stateAt, type State } from '../course/state.ts'
import { throwawayCopy, type ThrowawayCopy } from '../system/copy-repository.ts'
import type { Proof } from './proof.ts'

/** What came of a command that a document shows. */
export type Output =
  /** `colored`: as a terminal gets it. */
  | { readonly kind: 'printed'; readonly text: string; readonly colored: string }
  | { readonly kind: 'unshowable'; readonly what: string; readonly fix: string }

const unshowable = (what: string, fix: string): Output => ({ kind: 'unshowable', what, fix })

/** Commands that the README and `docs/` show -> what came of them, in a copy of the course. */
export type Outputs = ReadonlyMap<string, Output>

/** Runs the commands that the documents show, but for the proof: it is not made within itself. */
export async function outputsOf(course: Course): Promise<Outputs> {
  const texts = documentsOf(course).map((path) => readFileSync(join(course.root, path), 'utf8'))
  const marked = texts.flatMap(blocksOf).flatMap(({ mark }) => (mark.kind === 'run' ? [mark.command] : []))
  const drawn = texts.flatMap(picturesOf).flatMap((picture) => picture.commands)
  const commands = [...marked, ...drawn].filter((command) => command !== PROOF)
  const outputs = new Map<string, Output>()
  if (commands.length === 0) return outputs
  using copy = throwawayCopy(course.root)
  for (const command of new Set(commands)) {
    const words = /^npm run step(?<words>(?: \S+)*)$/.exec(command)?.groups?.['words']
    if (/^ watch\b/.test(words ?? '')) outputs.set(command, endless(command))
    else outputs.set(command, words === undefined ? notOurs(command) : await outputOf(command, words, copy))
  }
  return outputs
}

const endless = (command: string) =>
  unshowable(
    `"${command}" does not end by itself, so what it prints cannot be shown`,
    'write it as told: <!-- told: … -->',
  )

async function outputOf(command: string, words: string, copy: ThrowawayCopy): Promise<Output> {
  const { status, stdout, stderr } = await copy.step(words.split(' ').filter((word) => word !== ''))
  const colored = stdout.replaceAll(copy.root, '.')
  if (status === 0) return { kind: 'printed', text: shown(colored), colored }
  const [first = 'it says nothing', ...more] = shown(stderr).split('\n\n', 1)[0]?.split('\n') ?? []
  return unshowable(
    `"${command}" fails with exit code ${status}: ${[first.replace(/^✗ /, ''), ...more].join(' ').trim()}`,
    'type it to see all it says; show a command that works, or fix what makes this one fail',
  )
}

const notOurs = (command: string) =>
  unshowable(`"${command}" is not a command that can be shown`, 'show one that begins with npm run step')

const PROOF = 'npm run step verify'

/** The README and `docs/`: whatever in them is marked is looked at. Lessons are a rule's business. */
export function staleDocs(
  course: Course,
  proof: Pick<Proof, 'problems' | 'proven'>,
  outputs: Outputs,
): readonly StaleFile[] {
  const files = new Map([...stateAt(course, Infinity), ...recipesIn(course)])
  const proven: Output = {
    kind: 'printed',
    text: shown(
      textOfProof(proof)
        .map((line) => ` ${line}`)
        .join('\n'),
    ),
    colored: '',
  }
  const typeable = typeableIn(course)
  return documentsOf(course).map((path) => {
    const fixed = new Map<Block, string>()
    const byHand: Problem[] = []
    const markdown = readFileSync(join(course.root, path), 'utf8')
    for (const block of blocksOf(markdown)) {
      const complain = (what: string, fix: string) => byHand.push(problemAt(path, what, fix))
      for (const complaint of unknownIn(block, typeable)) complain(...complaint)
      if (block.mark.kind === 'run') {
        const { command } = block.mark
        const now = command === PROOF ? proven : (outputs.get(command) ?? notOurs(command))
        if (now.kind === 'unshowable') complain(now.what, now.fix)
        else if (now.text !== block.text) fixed.set(block, now.text)
      } else {
        for (const complaint of staleIn(block, files, null)) complain(...complaint)
      }
    }
    return staleText(path, markdown, fixed, byHand)
  })
}

/** @param fixed block -> what should stand in it */
function staleText(
  path: string,
  markdown: string,
  fixed: ReadonlyMap<Block, string>,
  byHand: readonly Problem[] = [],
): StaleFile {
  const outdated = [...fixed.keys()].map(({ mark }) => {
    const what = `it does not show what "${mark.kind === 'run' ? mark.command : mark.kind}" prints now`
    return problemAt(path, what, 'npm run step docs writes it anew')
  })
  const text = fixed.size > 0 ? withBlocks(markdown, fixed) : null
  return { path, text, problems: [...byHand, ...outdated], byHand }
}

/** The pictures of a terminal that are not what their commands print. */
export function stalePictures(course: Course, outputs: Outputs): readonly StaleFile[] {
  return documentsOf(course).flatMap((document) =>
    picturesOf(readFileSync(join(course.root, document), 'utf8')).flatMap((picture): readonly StaleFile[] => {
      const results = picture.commands.map((command) => outputs.get(command) ?? notOurs(command))
      const problems = [
        ...(picture.file === null ? [noImage] : []),
        ...results.flatMap((result) => (result.kind === 'unshowable' ? [result] : [])),
      ].map(({ what, fix }) => problemAt(document, what, fix))
      if (problems.length > 0) return [{ path: document, text: null, problems, byHand: problems }]

      const path = posix.join(posix.dirname(document), picture.file ?? '')
      const drawing = pictureOf(
        picture.commands.map((command, index) => {
          const result = results[index]
          return { command, printed: result?.kind === 'printed' ? result.colored : '' }
        }),
      )
      const file = join(course.root, path)
      if (existsSync(file) && readFileSync(file, 'utf8') === drawing) return []
      const what = `it does not show what "${picture.commands.join(', ')}" prints now`
      const undrawn = problemAt(path, what, 'npm run step docs draws it anew')
      return [{ path, text: drawing, problems: [undrawn], byHand: [] }]
    }),
  )
}

const noImage = {
  what: 'no image comes after <!-- drawn: … -->',
  fix: 'write ![what it shows](docs/….svg) below it',
}

/** The lessons whose failures are not any more what their reds say. */
export function staleLessons(course: Course, { failures }: Pick<Proof, 'failures'>): readonly StaleFile[] {
  return course.steps.map((step) => {
    const path = `steps/${step.folder}/README.md`
    const failure = failures.get(step.number) ?? null
    const markdown = readFileSync(join(course.root, path), 'utf8')
    const blocks = blocksOf(markdown).filter(
      (block) => block.mark.kind === 'failure' && [...staleIn(block, new Map(), failure)].length > 0,
    )
    const fixed = new Map(failure ? blocks.map((block) => [block, `${headOf(failure)}\n`] as const) : [])
    return staleText(path, markdown, fixed)
  })
}

/** A proof as the documents show it: without problems, for those are about to go. */
export const shownProof = ({ proven }: Proof): Pick<Proof, 'problems' | 'proven'> => ({
  problems: [],
  proven: [...proven, 'the README and docs/ show what their commands print'],
})

/** A finished proof, and whether the documents show what their commands print: the proof itself among these. */
export async function withDocuments(course: Course, proof: Proof): Promise<Proof> {
  const whole = shownProof(proof)
  const outputs = await outputsOf(course)
  const stale = [...staleDocs(course, whole, outputs), ...stalePictures(course, outputs), ...staleMap(course)]
  return { ...proof, ...whole, problems: [proof, ...stale].flatMap(({ problems }) => problems) }
}

/** Code that documents show and that is no part of the course: `npm run recipes` and `npm run bench:cache` run it. */
function recipesIn({ root }: Course): State {
  const shownFrom = ['configs/recipes', 'configs/cache-bench'].filter((path) => existsSync(join(root, path)))
  return new Map(
    shownFrom.flatMap((path) =>
      readdirSync(join(root, path))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => [`${path}/${name}`, readFileSync(join(root, path, name))] as const),
    ),
  )
}

function documentsOf({ root }: Course): readonly string[] {
  const docs = existsSync(join(root, 'docs')) ? readdirSync(join(root, 'docs')) : []
  const paths = ['README.md', ...docs.map((name) => `docs/${name}`)]
  return paths.filter((path) => path.endsWith('.md') && existsSync(join(root, path)))
}

/** Output as a document shows it: without colour, without our margin. */
function shown(printed: string): string {
  const lines = stripVTControlCharacters(printed).split('\n')
  return `${lines
    .map((line) => line.replace(/^ /, '').trimEnd())
    .join('\n')
    .trim()}\n`
}
