import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core'
import { preview, type PreviewServer } from 'vite'
import { built } from './build.ts'

/** Addresses of all pages, from the start page on: '', 'course/', … */
export const addresses: readonly string[] = readdirSync(built, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /(?:^|\/)index\.html$/.test(name) && !name.startsWith('pagefind/'))
  .map((name) => name.replace(/index\.html$/, ''))

/** By a number there is no page but one that leads on. */
export const isForward = (address: string): boolean => /^steps\/\d+\/$/.test(address)

/** The site as it was made, served below a path as on GitHub, and a browser to read it with. */
export class ServedSite {
  readonly url: string
  readonly #server: PreviewServer
  readonly #browser: Browser

  private constructor(server: PreviewServer, browser: Browser) {
    this.#server = server
    this.#browser = browser
    this.url = server.resolvedUrls?.local[0] ?? ''
  }

  static async start(): Promise<ServedSite> {
    const server = await preview({
      root: join(built, '..'),
      base: '/course-site/',
      configFile: false,
      logLevel: 'silent',
      appType: 'mpa',
      build: { outDir: built },
      preview: { port: 0, host: '127.0.0.1' },
    })
    // In a container the browser has no right to a sandbox; it reads nothing but our own pages.
    const browser = await chromium.launch({ executablePath: chromiumHere(), args: ['--no-sandbox'] })
    return new ServedSite(server, browser)
  }

  /** A reader: what is wrong with what they load is gathered in `complaints`. */
  async reader(options: BrowserContextOptions = {}): Promise<Reader> {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    const complain = (what: string) => complaints.push(`${page.url().replace(this.url, '')}: ${what}`)
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complain(message.text()))
    page.on('pageerror', (error) => complain(error.message))
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? ''
      // What was still to come when the reader went on to the next page.
      if (why !== 'net::ERR_ABORTED') complain(`${request.url()} ${why}`)
    })
    page.on(
      'response',
      (response) => response.status() >= 400 && complain(`${response.url()} ${response.status()}`),
    )
    page.on('request', (request) => {
      if (!request.url().startsWith(this.url) && !/^(?:data|blob):/.test(request.url()))
        complain(`asks ${request.url()}`)
    })
    const goTo = async (address: string) => {
      await page.goto(this.url + address)
      return page
    }
    return { context, page, complaints, goTo, [Symbol.asyncDispose]: () => context.close() }
  }

  async stop(): Promise<void> {
    await this.#browser.close()
    await this.#server.close()
  }
}

export interface Reader extends AsyncDisposable {
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: readonly string[]
  goTo(address: string): Promise<Page>
}

/** Debian's package is called chromium. */
function chromiumHere(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new Error(`Expected ${names.join(' or ')} in the PATH, but there is none: apt-get install chromium`)
}
