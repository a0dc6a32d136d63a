import type { Chapter } from '../../steps/runner/course/chapters.ts'
import { about, minutesFor } from '../../steps/runner/course/parts.ts'
import { nameOf, type Step } from '../../steps/runner/course/read-course.ts'
import { lights } from '../../steps/runner/terminal/print.ts'
import { changesOf } from './changes.ts'
import { markup, type Html } from './html.ts'
import { rendered, renderedLine } from './markdown.ts'
import { addressOf, chapterAddress, fileAddress, type Site } from './site.ts'

/** A phase in word, shape and colour. */
export const phaseOf = ({ phase }: Step): Html =>
  markup`<span class="phase ${phase}"
    ><span aria-hidden="true">${lights[phase].shape}</span> ${lights[phase].word}</span
  >`

/** The title of a step, with code in it. */
export const titleOf = (site: Site, step: Step): Html => renderedLine(site, pathOf(step), step.title)

export const pathOf = ({ folder }: Step): string => `steps/${folder}/README.md`

/** What a red asks for; a green's is its red's. */
export function requirementOf({ course }: Site, step: Step): string {
  const red =
    step.phase === 'green'
      ? course.steps.findLast(({ number, phase }) => number < step.number && phase === 'red')
      : step
  return red?.contract.does ?? ''
}

export function lessonOf(site: Site, step: Step, lower: number): Html {
  return markup`<div class="prose">
    ${rendered(site, pathOf(step), step.lesson.replace(/^#[^\n]*\n+/, ''), lower)}
  </div>`
}

export function changesIn({ folds }: Site, step: Step): Html {
  const fold = folds.find((one) => one.step === step)
  const { changes } = step.contract
  return markup`${fold && changesOf(fold.before, fold.after, { pageOf: (path) => fileAddress(step, path) })}${
    changes.length > 0 &&
    markup`<p class="note">
      It changes tests that were there before:
      ${changes.map(
        ({ what, why }, index) => markup`${index > 0 && '; '}<code>${what}</code>, because ${why}`,
      )}.
    </p>`
  }`
}

export function verdictOf({ proof }: Site, step: Step): Html {
  const says = proof.verdicts.get(step.number)?.says ?? ''
  const light = step.phase === 'red' ? 'red' : 'green'
  const [first = '', rest = ''] = says.split(/(?<=^[^:]*:)/)
  return markup`<p class="verdict ${light}">
    <span aria-hidden="true">${lights[light].shape}</span> ${first}<span class="rest">${rest}</span>
  </p>`
}

/** The steps of a chapter as a row of shapes. */
export const lightsOf = ({ steps }: Chapter): Html =>
  markup`<ol class="lights">
    ${steps.map(
      (step) =>
        markup`<li>
          <a
            class="${step.phase}"
            href="${addressOf(step)}"
            data-to="${nameOf(step)}"
            title="${step.number} ${step.phase}: ${step.title}"
            ><span aria-hidden="true">${lights[step.phase].shape}</span
            ><span class="hidden">Step ${step.number}, ${step.phase}: ${step.title}</span></a
          >
        </li>`,
    )}
  </ol>`

export const timeFor = (site: Site, chapter: Chapter): string | null => {
  const minutes = minutesFor(site.course, chapter)
  return minutes === null ? null : about(minutes)
}

export function testListOf(site: Site, { tests }: Chapter): Html {
  return markup`<ol class="tests">
    ${tests.map(({ does, red, green }) => {
      const step = site.course.steps.find(({ number }) => number === red)
      const passing = site.course.steps.find(({ number }) => number === green)
      return (
        step &&
        markup`<li>
          <a href="${addressOf(step)}">${renderedLine(site, pathOf(step), does)}</a>
          <span class="note">${red}${green !== null && `–${green}`}</span
          >${passing === undefined && ' (no green yet)'}
        </li>`
      )
    })}
  </ol>`
}

/** The way around in a chapter: its steps, with this one marked. */
export function chapterSide(site: Site, chapter: Chapter, here: Step | null): Html {
  return markup`<nav aria-label="Chapter ${chapter.number}">
    <details class="steps-here">
      <summary>Chapter ${chapter.number}: ${chapter.title}</summary>
      <p>
        <a href="${chapterAddress(chapter)}" ${here === null && markup` aria-current="page"`}
          >The chapter in one page</a
        >
      </p>
      <ol>
        ${chapter.steps.map(
          (step) =>
            markup`<li>
              <a
                href="${addressOf(step)}"
                data-to="${nameOf(step)}"
                ${step === here && markup` aria-current="page"`}
                ><span class="mark ${step.phase}" aria-hidden="true">${lights[step.phase].shape}</span
                ><span class="hidden">${step.phase}: </span><span>${titleOf(site, step)}</span></a
              >
            </li>`,
        )}
      </ol>
    </details>
  </nav>`
}
