import { nameOf, type Step } from '../../steps/runner/course/read-course.ts'
import { changesOf, codeBlock, languageOf, longFilesIn } from './changes.ts'
import { markup, type Html } from './html.ts'
import type { Page } from './layout.ts'
import { renderedLine } from './markdown.ts'
import { addressOf, chapterAddress, fileAddress, type Site } from './site.ts'
import {
  changesIn,
  chapterSide,
  lessonOf,
  pathOf,
  phaseOf,
  requirementOf,
  titleOf,
  verdictOf,
} from './step-parts.ts'

/** A step on a page of its own. */
export function stepPage(site: Site, step: Step): Page {
  const { steps } = site.course
  const before = steps[step.number - 2]
  const after = steps[step.number]
  const chapter = site.chapters.find(({ slug }) => slug === step.contract.chapter)
  const part = site.parts.find(({ chapters }) => chapters.some(({ slug }) => slug === chapter?.slug))
  const requirement = requirementOf(site, step)
  const main = markup`<p class="crumbs" data-pagefind-ignore>
      <a href="~/course/">${part ? `Part ${part.number}` : 'Course'}</a> ›
      ${chapter && markup`<a href="${chapterAddress(chapter)}">Chapter ${chapter.number}: ${chapter.title}</a>`}
      › Step ${step.number} of ${steps.length}
    </p>
    <header class="step-head">
      <p>${phaseOf(step)}</p>
      <h1 data-pagefind-weight="5">${titleOf(site, step)}</h1>
      ${requirement !== '' && markup`<p class="does"><span class="note">${step.phase === 'green' ? 'Makes true' : 'Asks for'}</span> ${renderedLine(site, pathOf(step), requirement)}</p>`}
    </header>
    ${lessonOf(site, step, 0)}
    <section aria-labelledby="changed">
      <h2 id="changed">What changed</h2>
      <div data-pagefind-weight="0.2">${changesIn(site, step)}</div>
    </section>
    <section aria-labelledby="verdict">
      <h2 id="verdict">What the tests say</h2>
      ${verdictOf(site, step)}
    </section>
    <div data-pagefind-ignore>
      ${helpWith(site, step)}
      <section aria-labelledby="type" class="type">
        <h2 id="type">Type this</h2>
        ${toType(step)}
      </section>
      <nav class="around" aria-label="Steps before and after">
        ${before && markup`<a rel="prev" href="${addressOf(before)}"><span class="note">← ${before.phase}</span> ${titleOf(site, before)}</a>`}
        ${after && markup`<a rel="next" href="${addressOf(after)}"><span class="note">${after.phase} →</span> ${titleOf(site, after)}</a>`}
      </nav>
      <p class="note edit">${editLink(site, pathOf(step))}</p>
    </div>`
  return {
    address: addressOf(step),
    title: `${step.number}. ${step.title}`,
    step: nameOf(step),
    ...(chapter && { side: chapterSide(site, chapter, step) }),
    main,
    ...(before && { before: addressOf(before) }),
    ...(after && { after: addressOf(after) }),
  }
}

/** The files that are too long for the page of the step that adds them. */
export const filePages = (site: Site): readonly Page[] =>
  site.folds.flatMap(({ step, before, after }) =>
    longFilesIn(before, after).map(([path, text]) => ({
      address: fileAddress(step, path),
      title: path,
      found: false as const,
      main: markup`<p class="crumbs">
          <a href="${addressOf(step)}">Step ${step.number}: ${titleOf(site, step)}</a>
        </p>
        <h1>${path}</h1>
        <figure class="code">${codeBlock(text, languageOf(path))}</figure>`,
    })),
  )

/** Where a text can be changed. */
export const editLink = ({ repository }: Site, path: string): Html =>
  repository === null
    ? markup`This page comes from <code>${path}</code>.`
    : markup`<a href="${repository}/edit/main/${path}">Edit this page</a>`

/** Hints, one within the other, and mistakes that the test catches: folded. */
function helpWith(site: Site, step: Step): Html | null {
  const { hints } = step.contract
  const wrongs = site.wrongs.filter((one) => one.step === step)
  if (hints.length + wrongs.length === 0) return null
  return markup`<section aria-labelledby="help">
    <h2 id="help">${wrongs.length > 0 ? 'Hints and wrong answers' : 'Hints'}</h2>
    ${hintsFrom(site, step, 0)}
    ${
      wrongs.length > 0 &&
      markup`<details class="wrong">
        <summary>
          ${wrongs.length === 1 ? 'A wrong answer' : `${wrongs.length} wrong answers`}, and what catches
          ${wrongs.length === 1 ? 'it' : 'them'}
        </summary>
        ${wrongs.map(({ wrong, state }) => {
          const fold = site.folds.find((one) => one.step === step)
          return markup`<div class="mistake">
            <p>Code that ${renderedLine(site, pathOf(step), wrong.mistake)}:</p>
            ${fold && changesOf(fold.after, state, { context: 1 })}
            <p class="verdict red">
              <span aria-hidden="true">✗</span> caught:<span class="rest">
                ${site.proof.caught.get(wrong) ?? ''}</span
              >
            </p>
          </div>`
        })}
      </details>`
    }
  </section>`
}

function hintsFrom(site: Site, step: Step, index: number): Html | null {
  const { hints } = step.contract
  const text = hints[index]
  if (text === undefined) return null
  return markup`<details class="hint">
    <summary>Hint ${index + 1} of ${hints.length}</summary>
    ${text.includes('\n') ? markup`<figure class="code">${codeBlock(text, 'ts')}</figure>` : markup`<p>${renderedLine(site, pathOf(step), text)}</p>`}
    ${hintsFrom(site, step, index + 1)}
  </details>`
}

const command = (text: string) =>
  markup`<div class="command">
    <pre><code>${text}</code></pre>
  </div>`

function toType({ phase, number }: Step): Html {
  const stand = markup`<p>To have this step in your editor, its tests run and judged:</p>
    ${command(`npm run step ${number}`)}`
  if (phase === 'red')
    return markup`${stand}
      <p>Then make it pass in <code>src/</code>, and ask:</p>
      ${command('npm run step check')}`
  return markup`<p>To write it yourself, stand at the step before it, type, and ask:</p>
    ${command(`npm run step ${number - 1}`)}${command('npm run step check')}${stand}`
}
