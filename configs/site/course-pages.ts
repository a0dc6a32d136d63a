import type { Chapter } from '../../steps/runner/course/chapters.ts'
import { about, metIn } from '../../steps/runner/course/parts.ts'
import { nameOf } from '../../steps/runner/course/read-course.ts'
import { counted } from '../../steps/runner/system/counted.ts'
import { markup, type Html } from './html.ts'
import { siteTitle, type Page } from './layout.ts'
import { renderedLine } from './markdown.ts'
import { addressOf, chapterAddress, type Site } from './site.ts'
import {
  changesIn,
  chapterSide,
  lessonOf,
  lightsOf,
  pathOf,
  phaseOf,
  requirementOf,
  testListOf,
  timeFor,
  titleOf,
  verdictOf,
} from './step-parts.ts'

/** What this is, for someone who has never heard of it, and where to begin. */
export function startPage(site: Site): Page {
  const { steps } = site.course
  const cycle = site.chapters[0]?.steps.slice(0, 3) ?? []
  const [first] = steps
  const main = markup`<div class="hero">
      <h1>Learn test-driven development, one failing test at a time</h1>
      <p class="lead">
        In ${steps.length} small steps you write a Redis client for production, in TypeScript. Each step is a
        page: what to do, why, what changed, and what the tests said. A program has run every one of them.
      </p>
      <p class="actions">
        ${first && markup`<a class="button" href="${addressOf(first)}">Start at step 1</a>`}
        <a class="button quiet" href="~/course/">See the whole course</a>
      </p>
      <p class="resume" hidden></p>
    </div>
    <section aria-labelledby="cycle">
      <h2 id="cycle">Every step has one of three colours</h2>
      <ol class="cycle">
        ${cycle.map(
          (step) =>
            markup`<li class="${step.phase}">
              <a href="${addressOf(step)}">${phaseOf(step)}<b>${titleOf(site, step)}</b></a>
              <p>${meaning[step.phase]}</p>
            </li>`,
        )}
      </ol>
    </section>
    <section aria-labelledby="how">
      <h2 id="how">Read here, or write it yourself</h2>
      <p>
        Every step can be read on these pages. To practise, clone the repository: the same steps, in your own
        editor, where a command judges what you write.
      </p>
      <div class="command">
        <pre><code>npm ci && npm run step 1</code></pre>
      </div>
      <p class="note">You need Node 20.19 or newer and git, and no Redis.</p>
    </section>
    <section aria-labelledby="parts">
      <h2 id="parts">What you build</h2>
      ${site.parts.map(
        (part) =>
          markup`<section class="part">
            <h3>
              Part ${part.number}: ${part.title} <span class="note">${about(part.minutes)} of writing</span>
            </h3>
            <ul class="chapters">
              ${part.chapters.map((chapter) => markup`<li><a href="${chapterAddress(chapter)}">${chapter.title}</a> <span class="note">${counted(chapter.steps.length, 'step')}</span><br />${aboutIt(site, chapter)}</li>`)}
            </ul>
          </section>`,
      )}
    </section>`
  return { address: '~/', title: siteTitle, main }
}

const meaning = {
  red: 'One new test that fails, for the reason that the step announces.',
  green: 'The least code that makes it pass.',
  refactor: 'Better structure, the same behaviour. Only where it pays.',
}

const aboutIt = (site: Site, chapter: Chapter) => renderedLine(site, 'README.md', metIn(chapter) ?? '')

/** The whole course: parts, chapters, their test lists, how long they take. */
export function contentsPage(site: Site): Page {
  const { steps } = site.course
  const main = markup`<h1>The course</h1>
    <p class="lead">
      ${counted(steps.length, 'step')} in ${counted(site.chapters.length, 'chapter')}. Each mark is a step: ✗
      a failing test, ✓ the code that makes it pass, ◆ a refactoring. The times are for writing the code.
      Reading takes much less.
    </p>
    <section class="progress" aria-labelledby="mine" data-total="${steps.length}" hidden>
      <h2 id="mine">Your progress</h2>
      <p class="said"></p>
      <p class="actions">
        <button type="button" data-do="export">Save to a file</button>
        <label class="button quiet"
          >Read from a file <input type="file" accept="application/json" class="hidden"
        /></label>
        <button type="button" data-do="forget">Forget it</button>
      </p>
      <p class="note">It is kept in this browser and nowhere else.</p>
    </section>
    ${site.parts.map(
      (part) =>
        markup`<section class="part" aria-labelledby="part-${part.number}">
          <h2 id="part-${part.number}">
            Part ${part.number}: ${part.title} <span class="note">${about(part.minutes)}</span>
          </h2>
          ${part.chapters.map((chapter) => summaryOf(site, chapter))}
        </section>`,
    )}
    ${site.parts.length === 0 && site.chapters.map((chapter) => summaryOf(site, chapter))}`
  return { address: '~/course/', title: 'The course', main, found: false }
}

const summaryOf = (site: Site, chapter: Chapter): Html =>
  markup`<article class="chapter">
    <h3><a href="${chapterAddress(chapter)}">${chapter.number}. ${chapter.title}</a></h3>
    <p>${aboutIt(site, chapter)}</p>
    ${lightsOf(chapter)}
    <p class="note">
      ${[counted(chapter.steps.length, 'step'), timeFor(site, chapter)].filter(Boolean).join(' · ')}
    </p>
    <details>
      <summary>Test list of chapter ${chapter.number}</summary>
      ${testListOf(site, chapter)}
    </details>
  </article>`

/** A chapter to be read from top to bottom. */
export function chapterPage(site: Site, chapter: Chapter): Page {
  const index = site.chapters.indexOf(chapter)
  const [before, after] = [site.chapters[index - 1], site.chapters[index + 1]]
  const part = site.parts.find(({ chapters }) => chapters.some(({ slug }) => slug === chapter.slug))
  const main = markup`<p class="crumbs">
      <a href="~/course/">${part ? `Part ${part.number}: ${part.title}` : 'Course'}</a> › Chapter
      ${chapter.number} of ${site.chapters.length}
    </p>
    <h1>Chapter ${chapter.number}: ${chapter.title}</h1>
    <p class="lead">${aboutIt(site, chapter)}</p>
    <p class="note">
      ${[counted(chapter.steps.length, 'step'), timeFor(site, chapter)].filter(Boolean).join(' · ')}
    </p>
    ${lightsOf(chapter)}
    ${
      chapter.tests.length > 0 &&
      markup`<section aria-labelledby="tests">
        <h2 id="tests">Test list</h2>
        ${testListOf(site, chapter)}
      </section>`
    }
    ${chapter.steps.map(
      (step) =>
        markup`<article class="step" id="${nameOf(step)}">
          <header class="step-head">
            <p>${phaseOf(step)} <a class="note" href="${addressOf(step)}">Step ${step.number}</a></p>
            <h2>${titleOf(site, step)}</h2>
            ${step.phase === 'red' && markup`<p class="does"><span class="note">Asks for</span> ${renderedLine(site, pathOf(step), requirementOf(site, step))}</p>`}
          </header>
          ${lessonOf(site, step, 1)} ${changesIn(site, step)} ${verdictOf(site, step)}
          <p class="note">
            <a href="${addressOf(step)}#help"
              >Hints of step ${step.number}${step.contract.wrong.length > 0 && ', and wrong answers'}</a
            >
          </p>
        </article>`,
    )}
    <nav class="around" aria-label="Chapters before and after">
      ${before && markup`<a rel="prev" href="${chapterAddress(before)}"><span class="note">← chapter ${before.number}</span> ${before.title}</a>`}
      ${after && markup`<a rel="next" href="${chapterAddress(after)}"><span class="note">chapter ${after.number} →</span> ${after.title}</a>`}
    </nav>`
  return {
    address: chapterAddress(chapter),
    title: `Chapter ${chapter.number}: ${chapter.title}`,
    side: chapterSide(site, chapter, null),
    main,
    found: false,
    ...(before && { before: chapterAddress(before) }),
    ...(after && { after: chapterAddress(after) }),
  }
}
