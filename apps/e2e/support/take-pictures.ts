import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { callerFor } from './api.ts'
import { findChromium } from './chromium.ts'
import { demoPassword, emailOf } from './demo.ts'
import { findPlaces } from './places/found.ts'
import type { Place } from './places/place.ts'
import { places } from './places/places.ts'
import { goThrough } from './places/tour.ts'
import { root, startProgram } from './program.ts'

interface Picture {
  readonly file: string
  readonly label: string
}
const themes = ['light', 'dark'] as const
/** The pictures of the README, taken anew with all the others. */
const shownInReadme = {
  'coordination-file-volet-1280-light.png': 'file-active.png',
  'coordination-tableau-des-sorties-1280-light.png': 'tableau-des-sorties.png',
  'medecin-proposition-360-light.png': 'proposition.png',
} as const
const folder = path.join(root, 'apps/e2e/test-results/captures')

/** A page signed in as the person, or nobody's. */
async function pageOf(browser: Browser, baseURL: string, person: Place['person']): Promise<Page> {
  const page = await browser.newPage({ baseURL, locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' })
  if (person === 'visitor') return page
  const data = { email: emailOf(person), password: demoPassword }
  await page.context().request.post('/api/v1/sessions', { data })
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const choice = page.getByRole('button', { name: /Pays de Lunel/ })
  if (page.url().includes('/choisir-un-role')) await choice.click()
  return page
}

/** In the page: colours pass from one theme to the other; halfway, half of the words cannot be read. */
async function settle(): Promise<void> {
  // A change of theme is drawn in the next frame: what it sets in motion is known in the one after.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  const passing = document.getAnimations().filter((one) => one instanceof CSSTransition)
  await Promise.all(passing.map((one) => one.finished.catch(() => undefined)))
}

/** In the page: where this machine listens says nothing to a reader, and changes at every start. */
function nameNeutrally(): void {
  const here = /https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?/g
  const neutral = 'https://maillage.example'
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const node = texts.currentNode
    // Writing the same words again would still tell whoever watches the page.
    if (node.nodeValue?.includes('://')) node.nodeValue = node.nodeValue.replace(here, neutral)
  }
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
    if (field.value.includes('://')) field.value = field.value.replace(here, neutral)
  }
}

/** Every screen and state of one person, in both themes and sizes. */
async function takeAll(page: Page, person: Place['person'], only: RegExp): Promise<Picture[]> {
  const pictures: Picture[] = []
  const mine = places.filter((place) => place.person === person && only.test(place.name))
  await goThrough(page, mine, await findPlaces(callerFor), {
    unopened: ({ name }, why) => process.stderr.write(`${name} ne s’ouvre pas : ${String(why)}\n`),
    look: async (shown, { name, width }) => {
      await shown.evaluate(() => document.fonts.ready)
      for (const frame of shown.frames()) await frame.evaluate(nameNeutrally)
      for (const theme of themes) {
        await shown.emulateMedia({ colorScheme: theme })
        await shown.evaluate(settle)
        const file = `${person}-${name}-${width === 'wide' ? 1280 : 360}-${theme}.png`
        await shown.screenshot({ path: path.join(folder, file) })
        pictures.push({
          file,
          label: `${name}, ${width === 'wide' ? 1280 : 360}, ${theme === 'light' ? 'clair' : 'sombre'}`,
        })
      }
      await shown.emulateMedia({ colorScheme: null })
    },
  })
  return pictures
}

/** The pictures that stand in the documentation, by the file they are taken from: the README's, and those of the guides. */
const shownInDocs: Readonly<Record<string, string>> = {
  ...shownInReadme,
  ...Object.fromEntries(
    places
      .flatMap((place) => [
        place,
        ...(place.states ?? []).map(({ name, guide }) => ({ ...place, name: `${place.name}-${name}`, guide })),
      ])
      .flatMap(({ name, person, guide }) =>
        guide ? [[`${person}-${name}-${guide.width}-light.png`, guide.file]] : [],
      ),
  ),
}

/** A page that shows them all. */
function index(pictures: readonly Picture[]): string {
  const figures = pictures.map(
    ({ file, label }) =>
      `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy"></a><figcaption>${label}</figcaption></figure>`,
  )
  const style =
    'body{font:14px system-ui;margin:24px;columns:20rem}figure{margin:0 0 16px;break-inside:avoid}img{width:100%;border:1px solid #ccc}'
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Captures de Maillage</title><style>${style}</style>${figures.join('')}</html>`
}

// `pnpm screenshots [words of a name]`, from a new demo, or from the program that MAILLAGE_E2E_URL names.
const only = new RegExp(process.argv[2] ?? '.')
const named = process.env.MAILLAGE_E2E_URL
const program = named ? undefined : await startProgram({ env: { MAILLAGE_DEMO: 'on', DEMO_PASSWORD: demoPassword } })
const url = named ?? program?.url ?? ''
process.env.MAILLAGE_E2E_URL = url
const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
try {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const pictures: Picture[] = []
  for (const person of new Set(places.map((place) => place.person))) {
    const page = await pageOf(browser, url, person)
    pictures.push(...(await takeAll(page, person, only)))
    await page.context().close()
  }
  writeFileSync(path.join(folder, 'index.html'), index(pictures))
  for (const [file, name] of Object.entries(shownInDocs)) {
    if (pictures.some((one) => one.file === file)) {
      copyFileSync(path.join(folder, file), path.join(root, 'docs/images', name))
    }
  }
  process.stdout.write(`${pictures.length} captures dans ${path.relative(root, folder)}/index.html\n`)
} finally {
  await browser.close()
  await program?.stop()
  program?.forget()
}
