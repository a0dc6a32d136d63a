import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCourse, nameOf } from '../../steps/runner/course/read-course.ts'
import { built } from './build.ts'
import { addresses, isForward, ServedSite, type Reader } from './served-site.ts'

const { course } = loadCourse(fileURLToPath(new URL('../..', import.meta.url)))
const [first, second, third] = course.steps
const last = course.steps.at(-1)
const pages = addresses.filter((address) => !isForward(address))
const addressOf = (phase: string) => {
  const step = course.steps.find((one) => one.number > 20 && one.phase === phase)
  return `steps/${nameOf(step!)}/`
}
/** One of each kind. */
const kinds = [
  '',
  'course/',
  'chapters/hash/',
  addressOf('red'),
  addressOf('green'),
  addressOf('refactor'),
  'docs/',
  'docs/architecture/',
  'docs/benchmark/',
  'docs/faults/',
  'search/?q=circuit%20breaker',
]

let site: ServedSite
beforeAll(async () => {
  site = await ServedSite.start()
})
afterAll(() => site.stop())

test('every page answers on a phone, asks for nothing elsewhere, has no error, no dead link and nothing over the edge', async () => {
  const found = await Promise.all(
    [0, 1, 2, 3].map(async (worker) => {
      await using reader = await site.reader({ viewport: { width: 360, height: 740 } })
      const seen = []
      for (const address of pages.filter((_, index) => index % 4 === worker))
        seen.push(await look(reader, address))
      return { seen, complaints: reader.complaints }
    }),
  )
  const seen = found.flatMap((one) => one.seen)
  expect(seen.length).toBeGreaterThan(course.steps.length)
  expect(found.flatMap(({ complaints }) => complaints)).toEqual([])
  expect(seen.filter(({ over }) => over > 0).map(({ address, over }) => `${address} ${over}`)).toEqual([])

  const anchors = new Map(seen.map(({ address, ids }) => [address, new Set(ids)]))
  const dead = seen.flatMap(({ address, links }) =>
    links.filter((link) => !leadsSomewhere(link, anchors)).map((link) => `${address}: ${link}`),
  )
  expect(seen.flatMap(({ links }) => links).length).toBeGreaterThan(5_000)
  expect(dead).toEqual([])
})

/** What is to be known of a page. */
async function look({ goTo }: Reader, address: string) {
  const page = await goTo(address)
  return {
    address,
    ...(await page.evaluate(() => ({
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ids: Array.from(document.querySelectorAll('[id]'), ({ id }) => id),
      links: Array.from(document.querySelectorAll('a'), ({ href }) => href),
    }))),
  }
}

function leadsSomewhere(link: string, anchors: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (!link.startsWith(site.url)) return link.startsWith('https://')
  const [address = '', fragment = ''] = link.slice(site.url.length).split('#')
  const ids = anchors.get(address.replace(/\?.*/, ''))
  return ids !== undefined && (fragment === '' || ids.has(decodeURIComponent(fragment)))
}

test('the address by a number leads to the step that has it', async () => {
  await using reader = await site.reader({ javaScriptEnabled: false })
  for (const step of [first, last]) {
    const page = await reader.goTo(`steps/${step?.number}/`)
    await page.waitForURL(`**/steps/${nameOf(step!)}/`)
    expect(await page.textContent('h1')).toBe(step?.title.replaceAll('`', ''))
  }
  expect(addresses.filter(isForward).length).toBe(course.steps.length)
})

test('a reader without a mouse comes from the start to step 3 and back', async () => {
  await using reader = await site.reader()
  const page = await reader.goTo('')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the text')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Start at step 1')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/steps/${nameOf(first!)}/`)
  await page.keyboard.press('ArrowRight')
  await page.waitForURL(`**/steps/${nameOf(second!)}/`)
  await page.keyboard.press('ArrowRight')
  await page.waitForURL(`**/steps/${nameOf(third!)}/`)
  await page.keyboard.press('ArrowLeft')
  await page.waitForURL(`**/steps/${nameOf(second!)}/`)
  await page.keyboard.press('/')
  await page.waitForURL('**/search/')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('words')
})

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary: string }[]
}

describe.each(['light', 'dark'] as const)('axe finds nothing wrong with %s pages', (colorScheme) => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  test.each(kinds)('/%s', async (address) => {
    // The policy of our own pages would not let it in.
    await using reader = await site.reader({ colorScheme, bypassCSP: true })
    const page = await reader.goTo(address)
    if (address.startsWith('search')) await page.waitForSelector('#results li')
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true
    })
    await page.evaluate(axe)
    const violations = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe
        .run()
        .then(({ violations: all }) => all),
    )
    expect(
      violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id} ${node.target.join(' ')}: ${node.failureSummary}`),
      ),
    ).toEqual([])
  })
})

test.each(['circuit breaker', first?.contract.fails?.test ?? '', last?.title ?? ''])(
  'the search finds "%s"',
  async (words) => {
    await using reader = await site.reader()
    const page = await reader.goTo('search/')
    await page.fill('#words', words)
    await page.waitForSelector('#results li')
    const texts = await page.locator('#results li').allTextContents()
    expect(texts.slice(0, 3).join(' ').toLowerCase()).toContain(
      words.replaceAll('`', '').split(' ')[0]?.toLowerCase(),
    )
    await page.locator('#results a').first().click()
    await page.waitForURL('**/steps/**')
    expect(reader.complaints).toEqual([])
  },
)

test('a red is read without JavaScript: phase, lesson, change, verdict, folded hints, what to type', async () => {
  const red = course.steps.find(({ number, phase }) => number > 20 && phase === 'red')
  await using reader = await site.reader({ javaScriptEnabled: false })
  const page = await reader.goTo(`steps/${nameOf(red!)}/`)
  const text = await page.innerText('main')
  expect(text).toContain('✗ RED')
  expect(text).toContain(red?.contract.does)
  expect(text).toContain(`red, as it should be: "${red?.contract.fails?.test}" fails with`)
  expect(text).toContain(red?.contract.fails?.file)
  expect(text).toContain(`npm run step ${red?.number}`)
  expect(await page.locator('.diff ins').count()).toBeGreaterThan(0)

  const hints = page.locator('details.hint')
  expect(await hints.count()).toBe(red?.contract.hints.length)
  expect(await hints.nth(0).locator('> p').isVisible()).toBe(false)
  await hints.nth(0).locator('> summary').click()
  expect(await hints.nth(0).locator('> p').isVisible()).toBe(true)
  // The next one is within it, folded still.
  expect(await hints.nth(1).locator('> summary').isVisible()).toBe(true)
  expect(await hints.nth(1).locator('> :not(summary)').first().isVisible()).toBe(false)
  expect(await page.locator('button').count()).toBe(0)
})

test('a green shows what it deletes, and its wrong answers with what caught them', async () => {
  const green = course.steps.find(({ contract, phase }) => contract.wrong.length > 1 && phase === 'green')
  await using reader = await site.reader({ javaScriptEnabled: false })
  const page = await reader.goTo(`steps/${nameOf(green!)}/`)
  expect(await page.locator('.verdict').first().innerText()).toMatch(
    /green, as it should be: \d+ tests? pass/,
  )
  const wrongs = page.locator('.mistake')
  expect(await wrongs.count()).toBe(green?.contract.wrong.length)
  expect(await wrongs.first().isVisible()).toBe(false)
  await page.locator('details.wrong > summary').click()
  for (const text of await wrongs.allInnerTexts()) expect(text).toMatch(/caught: \w+: \S/)

  const deleting = course.steps.find(({ contract }) => contract.removes.length > 0)
  const other = await reader.goTo(`steps/${nameOf(deleting!)}/`)
  expect(await other.locator('.diff summary').allInnerTexts()).toEqual(
    deleting?.contract.removes.map((path) => expect.stringMatching(`^${path} deleted\\s−\\d+$`)),
  )
})

test('place and progress stay in this browser, can be taken along, and forgotten', async () => {
  await using reader = await site.reader({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await reader.goTo(`steps/${nameOf(second!)}/`)
  await page.click('[rel=next] >> visible=true')
  await page.waitForURL(`**/steps/${nameOf(third!)}/`)
  await page.locator('.command button').first().click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^npm run step/)

  await reader.goTo('')
  expect(await page.innerText('.resume')).toBe(`You were at ${third?.title.replaceAll('`', '')}`)
  await reader.goTo('course/')
  expect(await page.innerText('.progress .said')).toContain(`1 of ${course.steps.length} steps done`)
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-do=export]')])
  await page.click('[data-do=forget]')
  expect(await page.innerText('.progress .said')).toBe(`0 of ${course.steps.length} steps done`)
  await page.setInputFiles('.progress input', await file.path())
  await page.waitForSelector('.lights .is-done')
  expect(await page.innerText('.progress .said')).toContain(`1 of ${course.steps.length} steps done`)
  expect(reader.complaints).toEqual([])
})

test('the button changes the colours, and the next page keeps them', async () => {
  await using reader = await site.reader({ colorScheme: 'light' })
  const page = await reader.goTo('')
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await paper()
  await page.click('button:text-is("Dark")')
  const dark = await paper()
  expect(dark).not.toBe(light)
  await reader.goTo('course/')
  expect(await paper()).toBe(dark)
})

test('on paper there is the text and nothing to press', async () => {
  await using reader = await site.reader()
  const page = await reader.goTo(addressOf('green'))
  await page.emulateMedia({ media: 'print' })
  expect(await page.isVisible('h1')).toBe(true)
  expect(await page.isVisible('.diff')).toBe(true)
  for (const what of ['.top', '.side', '.around', '.command'])
    expect(await page.isVisible(what), what).toBe(false)
})

test('a first page takes at most 120 KB on its way, and the next step at most 30 KB', () => {
  const size = (name: string) => gzipSync(readFileSync(join(built, name))).length
  const shared = size('style.css') + size('browser.js') + size('icon.svg')
  const heavy = (most: number) => (address: string) => size(`${address}index.html`) > most
  expect(pages.filter(heavy(120_000 - shared))).toEqual([])
  expect(pages.filter((address) => address.startsWith('steps/')).filter(heavy(30_000))).toEqual([])
})
