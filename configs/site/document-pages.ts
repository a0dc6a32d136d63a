import { markup } from './html.ts'
import type { Page } from './layout.ts'
import { anchorOf, rendered } from './markdown.ts'
import { throughputPlot, waitingPlot } from './plots.ts'
import { headingsIn } from './tables.ts'
import type { Document, Site } from './site.ts'
import { editLink } from './step-page.ts'

/** A document of the repository, with a plot of what it measures. */
export function documentPage(site: Site, { path, address, title, text }: Document): Page {
  const plot =
    path === 'docs/benchmark.md' ? throughputPlot(text) : path === 'docs/faults.md' ? waitingPlot(text) : null
  // The plot stands before the table that it is drawn from.
  const [before = '', after] = plot === null ? [text] : text.split(/(?=<!-- (?:benchmark|faults) -->)/)
  const main = markup`<div class="prose document">
      ${rendered(site, path, before)}${plot}${after !== undefined && rendered(site, path, after)}
    </div>
    <p class="note edit">${editLink(site, path)}</p>`
  const side = markup`<nav aria-label="Documents">
    <details class="steps-here">
      <summary>Documents</summary>
      <ul>
        ${site.documents.map(
          (one) =>
            markup`<li>
              <a href="${one.address}" ${one.path === path && markup` aria-current="page"`}>${one.title}</a>${
                one.path === path &&
                markup`<ul>
                  ${headingsIn(text).map((heading) => markup`<li><a href="#${anchorOf(heading)}">${heading}</a></li>`)}
                </ul>`
              }
            </li>`,
        )}
      </ul>
    </details>
  </nav>`
  return { address, title, side, main }
}

/** All documents. */
export function documentsPage(site: Site): Page {
  const items = site.documents.map(({ address, title }) => markup`<li><a href="${address}">${title}</a></li>`)
  return {
    address: '~/docs/',
    title: 'Documents',
    main: markup`<h1>Documents</h1>
      <ul class="documents">
        ${items}
      </ul>`,
    found: false,
  }
}

/** Where what was searched for is shown; the words are looked up in the browser. */
export function searchPage(): Page {
  return {
    address: '~/search/',
    title: 'Search',
    main: markup`<h1>Search</h1>
      <form role="search" action="~/search/">
        <label for="words">Words of a lesson, a test or a document</label>
        <div class="field">
          <input id="words" name="q" type="search" autocomplete="off" autofocus /><button>Search</button>
        </div>
      </form>
      <noscript
        ><p>The search needs JavaScript. <a href="~/course/">The course</a> lists every step.</p></noscript
      >
      <p id="found" role="status"></p>
      <ol id="results" class="results"></ol>`,
    found: false,
  }
}
