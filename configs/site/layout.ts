import { markup, type Html } from './html.ts'
import type { Site } from './site.ts'

export interface Page {
  /** `~/steps/…/`, from the start page on. */
  readonly address: string
  readonly title: string
  /** What stands beside the text: the way around in it. */
  readonly side?: Html
  readonly main: Html
  /** Before and after it in the course: the arrow keys lead there. */
  readonly before?: string
  readonly after?: string
  /** Name of the step that this page is about, with its phase. */
  readonly step?: string
  /** Whether the search shows it: what is also on another page is found there. */
  readonly found?: false
}

export const siteTitle = 'Test-drive a Redis client'

/** Nothing is loaded from elsewhere, and nothing is sent: the browser is told so. */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'"

/** A whole page, with links that work wherever the site is put. */
export function pageOf(site: Site, page: Page): string {
  const { address, title, side, main, before, after, step } = page
  const isStart = address === '~/'
  const whole = markup`<!doctype html>
<html lang="en" data-root="~/"${step !== undefined && markup` data-step="${step}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${isStart ? siteTitle : `${title} · ${siteTitle}`}</title>
<link rel="icon" href="~/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="~/style.css">
${before !== undefined && markup`<link rel="prev" href="${before}" /> `}${after !== undefined && markup`<link rel="next" href="${after}" /> `}<script src="~/browser.js"></script>
</head>
<body${isStart && markup` class="start"`}>
<a class="skip" href="#main">Skip to the text</a>
<header class="top">
<a class="brand" href="~/"><span aria-hidden="true"><b class="red">✗</b><b class="green">✓</b><b class="refactor">◆</b></span> ${siteTitle}</a>
<nav aria-label="Site">
<a href="~/course/">Course</a>
<a href="~/docs/">Documents</a>
<a href="~/search/">Search</a>
</nav>
</header>
<div class="${side ? 'page with-side' : 'page'}">
${side && markup`<div class="side">${side}</div>`}
<main id="main"${page.found !== false && markup` data-pagefind-body`}>
${main}
</main>
</div>
<footer>
<p>Every verdict on these pages is what the course's proof found.${
    site.repository && markup` <a href="${site.repository}">The repository</a>`
  }</p>
</footer>
</body>
</html>
`
  const depth = address.split('/').length - 2
  return whole.text.replaceAll('"~/', `"${depth === 0 ? './' : '../'.repeat(depth)}`)
}

/** A page that leads to another. */
export function forward(to: string): string {
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Moved</title>
        <meta http-equiv="refresh" content="0; url=${to}" />
        <link rel="canonical" href="${to}" />
      </head>
      <body>
        <p><a href="${to}">It is here now.</a></p>
      </body>
    </html> `.text
}
