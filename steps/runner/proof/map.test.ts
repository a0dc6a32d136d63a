import { expect, test } from 'vitest'
import { stepTexts, ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { staleMap } from './map.ts'
import { renew } from './stale-file.ts'

const marks = '# A course\n\n<!-- map: npm run step docs writes it -->\n<!-- end of the map -->\n\nMore.\n'

const courseOf = (readme: string, ...slugs: readonly string[]) =>
  new ThrowawayCourse(
    Object.assign({}, ...slugs.map((slug, index) => stepTexts(`0${index + 1}-red-a${index}`, 'A', slug))),
  ).types({ 'README.md': readme })

test('the README has the map of the course, and gets it written anew', () => {
  using there = courseOf(marks, 'connection', 'ttl', 'ttl', 'pool-hygiene')
  const [stale, ...more] = staleMap(there.course)
  expect([stale?.path, stale?.problems[0]?.fix, more]).toEqual([
    'README.md',
    'npm run step docs writes it anew',
    [],
  ])

  renew(there.course, stale!)

  expect(there.reads('README.md')).toBe(`# A course

<!-- map: npm run step docs writes it -->

| part 1: the seven behaviours, about 15 minutes | steps | time | what you meet |
| --- | --- | --- | --- |
| 1 connection | 1–1 | 5 min | the first test designs the API |
| 2 ttl | 2–3 | 10 min | a fake clock |

| part 2: production, about 5 minutes | steps | time | what you meet |
| --- | --- | --- | --- |
| 3 pool hygiene | 4–4 | 5 min | acquire timeout, AbortSignal, idle timeout, hot reload, a reset that hangs |

<!-- end of the map -->

More.
`)
  expect(staleMap(there.course)).toEqual([])
})

test('a chapter that the map has no words for is named', () => {
  using there = courseOf(marks, 'connection', 'surprises')
  const [stale] = staleMap(there.course)
  expect([stale?.text, stale?.problems[0]?.what]).toEqual([
    null,
    'the map does not know what a learner meets in: surprises',
  ])
})

test('a README without the marks has no map', () => {
  using there = courseOf('# A course\n', 'connection')
  expect(staleMap(there.course)).toEqual([])
})
