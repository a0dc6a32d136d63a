import { markup, type Html } from './html.ts'
import { tablesIn, type Table } from './tables.ts'

export interface Bar {
  readonly name: string
  readonly value: number
  /** The value in words. */
  readonly says: string
  /** Whether it is the one to look at. */
  readonly ours: boolean
  /** Whether it goes on beyond what was measured. */
  readonly open?: boolean
}

export interface Group {
  readonly label: string
  readonly bars: readonly Bar[]
}

/** Bars below their words, as wide as the page: a phone shows them in full. */
export function plotOf(title: string, groups: readonly Group[]): Html {
  const most = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)))
  let y = 0
  const drawn = groups.map(({ label, bars }) => {
    const head = markup`<text class="group" x="0" y="${(y += 26)}">${label}</text>`
    const rows = bars.map(({ name, value, says, ours, open }) => {
      const top = (y += 26)
      const width = most === 0 ? 0 : (value / most) * 100
      return markup`<text x="0" y="${top - 6}">${name} <tspan class="value">${says}</tspan></text
        ><rect
          class="${ours ? 'bar ours' : open === true ? 'bar open' : 'bar'}"
          x="0"
          y="${top}"
          width="${Math.max(width, 0.4).toFixed(1)}%"
          height="6"
          rx="1"
        />`
    })
    y += 20
    return [head, rows]
  })
  return markup`<figure class="plot">
    <figcaption>${title}</figcaption>
    <svg role="img" aria-label="${title}: the figures are in the table." width="100%" height="${y + 6}">
      ${drawn}
    </svg>
  </figure>`
}

/** Thousand operations a second, client by client, from the table of docs/benchmark.md. */
export function throughputPlot(text: string): Html | null {
  const table = tablesIn(text).find(({ head }) => head[0] === 'thousand a second' && head.includes('ioredis'))
  if (!table) return null
  // What the server itself can do would press all others together.
  const clients = table.head.slice(1).filter((name) => name !== 'redis-benchmark')
  const groups = table.rows.map((row) => ({
    label: row[0] ?? '',
    bars: clients.map((name) => {
      const says = row[table.head.indexOf(name)] ?? ''
      return { name, value: Number(says), says, ours: name === 'this client' }
    }),
  }))
  return plotOf('Thousand commands a second', groups)
}

/** How long a caller waits for an answer, from the table of docs/faults.md. */
export function waitingPlot(text: string): Html | null {
  const table = tablesIn(text).find(({ head }) => head.includes('within'))
  if (!table) return null
  const cell = cellOf(table)
  const groups = table.rows.map((row) => {
    const theirs = cell(row, 'ioredis as it comes')
    const seconds = /no answer in (?<seconds>[\d.]+) s/.exec(theirs)?.groups?.['seconds']
    const within = cell(row, 'within')
    return {
      label: cell(row, 'case'),
      bars: [
        {
          name: 'this client',
          value: Number.parseFloat(within) || 0,
          says: `${within}: ${cell(row, 'this client')}`,
          ours: true,
        },
        {
          name: 'ioredis',
          value: Number(seconds ?? 0),
          says: theirs.split(';', 1)[0] ?? '',
          ours: false,
          open: seconds !== undefined,
        },
      ],
    }
  })
  return plotOf('Seconds until a caller has an answer', groups)
}

const cellOf =
  ({ head }: Table) =>
  (row: readonly string[], name: string) =>
    row[head.indexOf(name)] ?? ''
