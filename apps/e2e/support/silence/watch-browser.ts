import type { BrowserContext, Page } from '@playwright/test'
import { keepSecret, keepTrace } from './traces.ts'

/** Notes every address, every line of the console and every refusal of somebody's browser; tokens become secrets. */
export function watchBrowser(context: BrowserContext): void {
  context.on('request', (request) => {
    keepTrace('an address that was asked', request.url())
    const { referer } = request.headers()
    if (referer) keepTrace('an address that was told to another page', referer)
  })
  context.on('console', (message) => keepTrace('the console', message.text()))
  context.on('page', (page) => page.on('framenavigated', (frame) => keepTrace('the history', frame.url())))
  context.on('response', async (response) => {
    // A form that is sent back shows whoever filled it in what they typed: a page, and theirs.
    const isPage = response.headers()['content-type']?.startsWith('text/html') ?? false
    const isRefusal = response.status() >= 400 && !isPage
    const isSession = response.ok() && /\/api\/v1\/sessions(?:\/|$)/.test(response.url())
    if (!isRefusal && !isSession) return
    // A page that is left drops what it was still reading.
    const body = await response.text().catch(() => '')
    if (isRefusal) keepTrace('a refusal', body)
    const token = /"accessToken":"([^"]+)"/.exec(body)?.[1]
    // Its last part is the signature: no other text holds it.
    if (token) keepSecret(token.split('.').at(-1) ?? token)
  })
}

/** Notes what stays in somebody's browser once they have gone. */
export async function noteStorage(context: BrowserContext): Promise<void> {
  for (const { name, value } of await context.cookies()) keepTrace('a cookie', `${name}=${value}`)
  for (const page of context.pages()) {
    const kept = page.url().startsWith('http') ? await storageOf(page).catch(() => []) : []
    for (const line of kept) keepTrace('the browser’s storage', line)
  }
}

/** Runs in the page: everything that it can keep from one visit to the next. */
const storageOf = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const found: string[] = [`history.state ${JSON.stringify(history.state)}`, `window.name ${window.name}`]
    for (const [name, area] of Object.entries({ localStorage, sessionStorage }))
      for (const [key, value] of Object.entries(area)) found.push(`${name} ${key}=${value}`)
    for (const name of 'caches' in window ? await caches.keys() : []) {
      const cache = await caches.open(name)
      for (const { url } of await cache.keys()) {
        const answer = await cache.match(url)
        const isText = /text|json|script/.test(answer?.headers.get('content-type') ?? '')
        // The program's own files are the same for all.
        const isOwn = url.includes('/assets/') || !isText
        found.push(`cache ${url} ${isOwn ? '' : await answer?.text()}`)
      }
    }
    for (const { name = '' } of await indexedDB.databases()) {
      const base = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open(name)
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
      for (const store of base.objectStoreNames) {
        const all = await new Promise<unknown>((resolve) => {
          const asked = base.transaction(store).objectStore(store).getAll()
          asked.onsuccess = () => resolve(asked.result)
        })
        found.push(`indexedDB ${name}.${store} ${JSON.stringify(all)}`)
      }
      base.close()
    }
    return found
  })
