import type { BrowserContext, Page } from '@playwright/test'

/** A refusal that a journey provokes on purpose. */
export interface ExpectedRefusal {
  readonly status: number
  readonly path: RegExp
}

const usual: readonly ExpectedRefusal[] = [
  // A visitor has no session to renew: asking costs one refusal, once a page load.
  { status: 401, path: /^\/api\/v1\/sessions\/refresh$/ },
  // A form asks whether a draft was left: most often none was.
  { status: 404, path: /^\/api\/v1\/drafts\// },
]

/** What a page complained of and nobody expected: errors in its console, refused or failed calls. */
export class PageFaults {
  readonly #found: string[] = []
  readonly #expected: ExpectedRefusal[] = [...usual]

  constructor(context: BrowserContext) {
    context.on('page', (page) => this.#listen(page))
  }

  /** Lets one kind of refusal happen from now on. */
  expect(status: number, path: RegExp): void {
    this.#expected.push({ status, path })
  }

  /** What was found so far. */
  list(): readonly string[] {
    return this.#found
  }

  #listen(page: Page): void {
    page.on('pageerror', (error) => this.#found.push(`${page.url()}: ${error.stack ?? error.message}`))
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return
      // The browser repeats every refused call in the console; the call itself is judged below.
      if (message.text().startsWith('Failed to load resource')) return
      // The recorder puts a script of its own in every frame; that of a letter's preview lets none run, as it must.
      if (message.text().startsWith("Blocked script execution in 'about:srcdoc'")) return
      // Only a journey cuts the network, and the service worker is looked for once the page is idle.
      if (message.text() === 'An unknown error occurred when fetching the script.') return
      this.#found.push(`${page.url()}: console ${message.type()}: ${message.text()}`)
    })
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (response.status() < 400 || this.#isExpected(response.status(), pathname)) return
      this.#found.push(`${page.url()}: ${response.request().method()} ${pathname} answered ${response.status()}`)
    })
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? ''
      // A page that is left drops what it was still asking for.
      if (why === 'net::ERR_ABORTED') return
      // Only a journey cuts the network.
      if (why === 'net::ERR_INTERNET_DISCONNECTED') return
      this.#found.push(`${page.url()}: ${request.method()} ${request.url()} failed: ${why}`)
    })
  }

  #isExpected(status: number, pathname: string): boolean {
    return this.#expected.some((one) => one.status === status && one.path.test(pathname))
  }
}
