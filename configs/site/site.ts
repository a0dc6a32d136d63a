import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { chaptersOf, type Chapter } from '../../steps/runner/course/chapters.ts'
import { foldsOf, type Fold } from '../../steps/runner/course/state.ts'
import { partsOf, type Part } from '../../steps/runner/course/parts.ts'
import { nameOf, type Course, type Step } from '../../steps/runner/course/read-course.ts'
import type { Proof } from '../../steps/runner/proof/proof.ts'
import { wrongStatesOf, type WrongState } from '../../steps/runner/proof/wrong-states.ts'
import type { Links } from './markdown.ts'

/** A document of the repository that has a page. */
export interface Document {
  /** From the root: `docs/client.md`. */
  readonly path: string
  /** Its page. */
  readonly address: string
  readonly title: string
  readonly text: string
}

/** Everything that pages are made of. Addresses begin with `~/`, the start page, and end with a slash. */
export class Site implements Links {
  readonly course: Course
  readonly proof: Proof
  /** Where the repository can be read and edited, without a slash at the end; null when that is not known. */
  readonly repository: string | null
  readonly folds: readonly Fold[]
  readonly chapters: readonly Chapter[]
  readonly parts: readonly Part[]
  readonly wrongs: readonly WrongState[]
  readonly documents: readonly Document[]

  constructor(course: Course, proof: Proof, repository: string | null) {
    this.course = course
    this.proof = proof
    this.repository = repository
    this.folds = foldsOf(course)
    this.chapters = chaptersOf(course)
    this.parts = partsOf(course)
    this.wrongs = wrongStatesOf(this.folds)
    this.documents = documentsOf(course.root)
  }

  /** Where a link of a file leads to; null where nothing can be shown: the repository's place is not known. */
  addressFor(path: string, target: string): string | null {
    if (/^[a-z]+:/i.test(target)) return target
    const [file = '', fragment] = target.split('#')
    if (file === '') return target
    const found = fromRoot(path, file)
    const end = fragment === undefined ? '' : `#${fragment}`
    const document = this.documents.find((one) => one.path === found)
    if (document) return `${document.address}${end}`
    const step = this.course.steps.find(({ folder }) => found.startsWith(`steps/${folder}`))
    if (step) return addressOf(step)
    if (found === 'README.md') return '~/'
    const disk = join(this.course.root, found)
    const kind = existsSync(disk) && statSync(disk).isDirectory() ? 'tree' : 'blob'
    return this.repository && `${this.repository}/${kind}/main/${found}${end}`
  }
}

/** With the phase in it: a red and its green may be called alike. */
export const addressOf = (step: Step): string => `~/steps/${nameOf(step)}/`
/** Of a file that a step adds and that is too long for the step's own page. */
export const fileAddress = (step: Step, path: string): string =>
  `${addressOf(step)}${path.replaceAll('/', '-').toLowerCase()}/`
export const chapterAddress = ({ slug }: Chapter): string => `~/chapters/${slug}/`

/** In the order of the list in docs/README.md, which names all of `docs/`. */
function documentsOf(root: string): readonly Document[] {
  const list = readFileSync(join(root, 'docs', 'README.md'), 'utf8')
  const named = [...list.matchAll(/\]\((?<target>[\w./-]+\.md)\)/g)].map(({ groups }) =>
    fromRoot('docs/README.md', groups?.['target'] ?? ''),
  )
  const others = readdirSync(root).filter((name) => name.endsWith('.md') && name !== 'README.md')
  return [...new Set([...named, ...others])].map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const name = path.replace(/^.*\//, '').replace(/\.md$/, '').toLowerCase()
    return {
      path,
      address: `~/docs/${name}/`,
      title: /^# (?<title>.+)$/m.exec(text)?.groups?.['title'] ?? name,
      text,
    }
  })
}

/** How a link within the repository is written from its root. */
const fromRoot = (path: string, target: string): string =>
  posix.normalize(posix.join(posix.dirname(path), target)).replace(/\/$/, '')
