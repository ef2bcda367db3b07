import { createHash } from 'node:crypto'
import { Liquid } from 'liquidjs'
import { pageSources } from './page-sources.ts'

/** Draws pages from templates; whatever was typed by somebody is escaped without being asked. */
export interface PageEngine {
  draw(template: string, values: object): string
  /** Where the style is served, and the address that pages name: another content is another address. */
  readonly style: { readonly text: string; readonly path: string; readonly url: string }
}

const stylePath = '/demande/pages.css'

/** Reads every template once. A mistake in one is told when it is drawn, by a test of each page. */
export function openPageEngine(): PageEngine {
  const sources = pageSources()
  const sheets = Object.keys(sources).filter((place) => place.endsWith('.css'))
  // By name: the base first, print last.
  const text = sheets
    .toSorted()
    .map((place) => sources[place])
    .join('\n')
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 10)
  const liquid = new Liquid({
    templates: { ...sources },
    outputEscape: 'escape',
    // A template reads what it was handed, and nothing that hangs on it by inheritance.
    ownPropertyOnly: true,
    strictFilters: true,
    // An empty text is no text: « if » then means what it says.
    jsTruthy: true,
    cache: true,
  })
  return {
    draw: (template, values) => String(liquid.renderFileSync(template, values)),
    style: { text, path: stylePath, url: `${stylePath}?v=${digest}` },
  }
}
