// What pages do beyond being read. Nothing leaves the browser.

interface Progress {
  /** Slug and title of the step that was looked at last. */
  readonly place?: { readonly step: string; readonly title: string }
  /** Slugs. */
  readonly done: readonly string[]
}

const root = document.documentElement
const home = new URL(root.dataset['root'] ?? './', location.href)
const here = root.dataset['step']

/** Where the browser keeps nothing, what is not kept is all that is missing. */
function recall(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A private window.
  }
}

// Before anything is drawn.
const colours = recall('colours')
if (colours) root.dataset['colours'] = colours

const stored = 'redis-course'
function progress(): Progress {
  try {
    return readProgress(JSON.parse(recall(stored) ?? '{}'))
  } catch {
    return { done: [] }
  }
}
function readProgress(value: unknown): Progress {
  const { place, done } = (value ?? {}) as { place?: Progress['place']; done?: unknown }
  const steps = Array.isArray(done) ? done.filter((one) => typeof one === 'string') : []
  const isPlace = typeof place?.step === 'string' && typeof place.title === 'string'
  return { ...(isPlace && { place }), done: steps }
}
const remember = (value: Progress) => keep(stored, JSON.stringify(value))
function markDone(step: string, isDone: boolean): void {
  const now = progress()
  const others = now.done.filter((one) => one !== step)
  remember({ ...now, done: isDone ? [...others, step] : others })
}

document.addEventListener('DOMContentLoaded', () => {
  addColourButton()
  addCopyButtons()
  openOnWideScreens()
  if (here !== undefined) followStep(here)
  showProgress()
  listenToArrows()
  const words = document.querySelector<HTMLInputElement>('#words')
  if (words) void search(words)
})

function button(text: string, act: (self: HTMLButtonElement) => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = text
  made.addEventListener('click', () => act(made))
  return made
}

function addColourButton(): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const isDark = () => (root.dataset['colours'] ?? (system.matches ? 'dark' : 'light')) === 'dark'
  const made = button('', () => {
    root.dataset['colours'] = isDark() ? 'light' : 'dark'
    keep('colours', root.dataset['colours'])
    say()
  })
  const say = () => {
    made.textContent = isDark() ? 'Light' : 'Dark'
  }
  system.addEventListener('change', say)
  say()
  document.querySelector('.top nav')?.append(made)
}

function addCopyButtons(): void {
  for (const block of document.querySelectorAll<HTMLElement>('.command')) {
    const text = block.textContent?.trim() ?? ''
    const made = button('Copy', async (self) => {
      try {
        await navigator.clipboard.writeText(text)
        self.textContent = 'Copied'
      } catch {
        self.textContent = 'Not allowed'
      }
      setTimeout(() => (self.textContent = 'Copy'), 1500)
    })
    made.setAttribute('aria-label', `Copy ${text}`)
    block.append(made)
  }
}

/** Folded where there is little room. */
function openOnWideScreens(): void {
  const side = document.querySelector<HTMLDetailsElement>('.side details')
  const wide = matchMedia('(min-width: 62rem)')
  const fit = () => side && (side.open = wide.matches)
  wide.addEventListener('change', fit)
  fit()
  side?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  scrollTo({ top: location.hash === '' ? 0 : scrollY })
}

/** To go on is to be done with a step; a box says so and takes it back. */
function followStep(step: string): void {
  const title = document.querySelector('h1')?.textContent ?? step
  remember({ ...progress(), place: { step, title } })
  const around = document.querySelector('.around')
  const label = document.createElement('label')
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.checked = progress().done.includes(step)
  box.addEventListener('change', () => {
    markDone(step, box.checked)
    showProgress()
  })
  label.append(box, ' Done with this step')
  label.className = 'done'
  around?.before(label)
  around?.querySelector('[rel=next]')?.addEventListener('click', () => markDone(step, true))
}

function showProgress(): void {
  const { place, done } = progress()
  for (const link of document.querySelectorAll<HTMLElement>('[data-to]')) {
    link.classList.toggle('is-done', done.includes(link.dataset['to'] ?? ''))
  }
  const resume = document.querySelector<HTMLElement>('.resume')
  if (resume && place) {
    const link = document.createElement('a')
    link.href = new URL(`steps/${place.step}/`, home).href
    link.textContent = place.title
    resume.replaceChildren('You were at ', link)
    resume.hidden = false
  }
  const own = document.querySelector<HTMLElement>('.progress')
  const said = own?.querySelector('.said')
  if (!own || !said) return
  own.hidden = false
  said.textContent = `${done.length} of ${own.dataset['total']} steps done${place ? `. You were at: ${place.title}` : ''}`
  if (own.dataset['ready'] !== undefined) return
  own.dataset['ready'] = ''
  own.querySelector('[data-do=export]')?.addEventListener('click', () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(
      new Blob([JSON.stringify(progress(), null, 2)], { type: 'application/json' }),
    )
    link.download = 'redis-course-progress.json'
    link.click()
  })
  own.querySelector('[data-do=forget]')?.addEventListener('click', () => {
    remember({ done: [] })
    showProgress()
  })
  own.querySelector('input')?.addEventListener('change', async (event) => {
    try {
      const [file] = (event.target as HTMLInputElement).files ?? []
      remember(readProgress(JSON.parse((await file?.text()) ?? '{}')))
      showProgress()
    } catch {
      said.textContent = 'This is not a file that was saved here.'
    }
  })
}

function listenToArrows(): void {
  addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return
    const at = event.target as HTMLElement
    if (at.closest('input, textarea, select, .table')) return
    const rel = { ArrowLeft: 'prev', ArrowRight: 'next' }[event.key]
    if (event.key === '/') {
      event.preventDefault()
      location.assign(new URL('search/', home))
    }
    if (rel === undefined) return
    const link = document.querySelector<HTMLAnchorElement>(`.around [rel=${rel}]`)
    link?.click()
  })
}

interface Found {
  readonly url: string
  readonly meta: { readonly title: string }
  /** HTML: the words in <mark>, everything else escaped. */
  readonly excerpt: string
}

async function search(words: HTMLInputElement): Promise<void> {
  const list = document.querySelector('#results')
  const said = document.querySelector('#found')
  if (!list || !said) return
  const pagefind = await import(new URL('pagefind/pagefind.js', home).href)
  let asked = 0
  const look = async () => {
    const mine = (asked += 1)
    const typed = words.value.trim()
    history.replaceState(null, '', typed === '' ? location.pathname : `?q=${encodeURIComponent(typed)}`)
    const { results } = typed === '' ? { results: [] } : await pagefind.search(typed)
    const found: readonly Found[] = await Promise.all(
      results.slice(0, 12).map((one: { data(): Promise<Found> }) => one.data()),
    )
    if (mine !== asked) return
    const count = results.length === 1 ? '1 page' : `${results.length} pages`
    said.textContent = typed === '' ? '' : results.length > 12 ? `${count}, the first 12 of them` : count
    list.replaceChildren(
      ...found.map(({ url, meta, excerpt }) => {
        const item = document.createElement('li')
        const link = document.createElement('a')
        link.href = url
        link.textContent = meta.title
        const text = document.createElement('p')
        text.innerHTML = excerpt
        item.append(link, text)
        return item
      }),
    )
  }
  words.value = new URLSearchParams(location.search).get('q') ?? ''
  words.form?.addEventListener('submit', (event) => {
    event.preventDefault()
    void look()
  })
  words.addEventListener('input', () => void look())
  await look()
}
