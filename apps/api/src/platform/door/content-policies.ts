import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where what a page shows may come from, beside ourselves. */
export interface PolicyOptions {
  readonly isHttps: boolean
  readonly imageOrigins?: readonly string[]
  /** The built screens: its page for those who are offline carries its own style. */
  readonly webDir?: string | undefined
}

/** How a policy names an inline text: by its content, so that no other one passes. */
export const digestOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * Styles that libraries write into the page as elements: their texts never change while their versions do not, and a
 * journey that opens one fails when they do. In this order: drawer, list of choices, list with a search, theme.
 */
const libraryStyles = [
  "'sha256-qduYmTACIPxqL+IgvJDDRy3W6Kz0AbLtwDgNkBpoHII='",
  "'sha256-60LHlRjW/B3CtzIoE/Lf1/NEDvko9efWMFaGVhHu/cs='",
  "'sha256-0sLsI2a+NIcumVvBF9zD/ArGqlZR2xfnxsALPmK7nj8='",
  "'sha256-skqujXORqzxt1aE0NNXxujEanPTX6raoqSscTV/Ww/Y='",
]

/** What the screens and the problem pages may do. */
export function screenPolicy({ isHttps, imageOrigins = [], webDir }: PolicyOptions): string {
  return written({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    // Vue, with one name of its own, and the one that apps/web/src/platform/browser/trusted-types.ts makes.
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ['vue', 'default'],
    'style-src-elem': ["'self'", ...libraryStyles, ...offlineStyles(webDir)],
    // The preview of a letter is drawn as mail programs want it, by attributes; they can select and load nothing.
    'style-src-attr': ["'unsafe-inline'"],
    // For browsers that do not know the two above.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', ...imageOrigins],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    ...(isHttps ? { 'upgrade-insecure-requests': [] } : {}),
  })
}

/** What is read by programs: shown as a page, it may do nothing. */
export const dataPolicy = written({
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  sandbox: [],
})

/** The documentation's reader writes its styles itself; its one inline script is named by its content. */
export const readerPolicy = (page: string): string =>
  written({
    'default-src': ["'none'"],
    'script-src': ["'self'", ...inlineTexts('script', page).map(digestOf)],
    'style-src': ["'self'", "'unsafe-inline'"],
    'font-src': ["'self'", 'data:'],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  })

/** What stands between the tags of a kind; those that name a file have nothing. */
function inlineTexts(tag: 'script' | 'style', page: string): string[] {
  const texts = [...page.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`, 'g'))]
  return texts.flatMap(([, text = '']) => (text === '' ? [] : [text]))
}

function offlineStyles(webDir: string | undefined): string[] {
  const file = path.join(webDir ?? '', 'hors-ligne.html')
  return webDir && existsSync(file) ? inlineTexts('style', readFileSync(file, 'utf8')).map(digestOf) : []
}

function written(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map((directive) => directive.flat().join(' '))
    .join('; ')
}
