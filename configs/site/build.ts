import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as pagefind from 'pagefind'
import { transformWithOxc } from 'vite'
import { loadCourse } from '../../steps/runner/course/read-course.ts'
import { verify } from '../../steps/runner/proof/prove.ts'
import { git } from '../../steps/runner/system/git.ts'
import { Refusal } from '../../steps/runner/system/refusal.ts'
import { chapterPage, contentsPage, startPage } from './course-pages.ts'
import { documentPage, documentsPage, searchPage } from './document-pages.ts'
import { forward, pageOf, type Page } from './layout.ts'
import { addressOf, Site } from './site.ts'
import { filePages, stepPage } from './step-page.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Where the site is put: to be served by anything that serves files, at any address. */
export const built = here('built')

/**
 * Makes the site from the course and its proof, which is made first where it is not known.
 *
 * @throws {Refusal} when the course is not proven; the site that was there stays.
 */
export async function build(root: string): Promise<{ readonly pages: number }> {
  const { course, problems } = loadCourse(root)
  // What earlier proofs found with the same bytes holds, under CI too: there it is what this run's own proof has found.
  const proof = await verify(course, problems, 'tests', { fresh: false })
  const [problem] = proof.problems
  if (problem) {
    throw new Refusal(
      `The course is not proven, so there is nothing to publish. ${problem.where}: ${problem.what}`,
      'Type: npm run step verify',
    )
  }
  return writeSite(new Site(course, proof, repositoryOf(root)))
}

/** The site as files; what was there stays until all of it is made. */
export async function writeSite(site: Site): Promise<{ readonly pages: number }> {
  const pages = pagesOf(site)
  // Made beside it and renamed: a site that is there is whole.
  const making = `${built}.making`
  rmSync(making, { recursive: true, force: true })
  for (const page of pages) write(making, page.address, pageOf(site, page))
  // Numbers move and names stay: the address by a number leads to what has it today.
  for (const step of site.course.steps) {
    write(making, `~/steps/${step.number}/`, forward(addressOf(step).replace('~/steps/', '../')))
  }
  for (const name of ['style.css', 'icon.svg']) cpSync(here(name), join(making, name))
  const { code } = await transformWithOxc(readFileSync(here('browser.ts'), 'utf8'), 'browser.ts')
  writeFileSync(join(making, 'browser.js'), code)
  await addSearch(making)
  rmSync(built, { recursive: true, force: true })
  renameSync(making, built)
  return { pages: pages.length }
}

export const pagesOf = (site: Site): readonly Page[] => [
  startPage(site),
  contentsPage(site),
  ...site.chapters.map((chapter) => chapterPage(site, chapter)),
  ...site.course.steps.map((step) => stepPage(site, step)),
  ...filePages(site),
  documentsPage(site),
  ...site.documents.map((document) => documentPage(site, document)),
  searchPage(),
]

function write(folder: string, address: string, text: string): void {
  const file = join(folder, address.replace('~/', ''), 'index.html')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

async function addSearch(folder: string): Promise<void> {
  const { index, errors } = await pagefind.createIndex({})
  if (!index) throw new Refusal(`The search could not be made: ${errors.join(', ')}`)
  await index.addDirectory({ path: folder })
  await index.writeFiles({ outputPath: join(folder, 'pagefind') })
  await pagefind.close()
}

/** On GitHub, as its workflows say, or else as git knows it. */
function repositoryOf(root: string): string | null {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY) return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`
  const { stdout } = git(root, ['remote', 'get-url', 'origin'])
  const name = /github\.com[/:](?<name>[\w.-]+\/[\w.-]+?)(?:\.git)?\s*$/.exec(stdout)?.groups?.['name']
  return name === undefined ? null : `https://github.com/${name}`
}
