import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { Session } from '@maillage/contracts/accounts'
import { type Browser, type BrowserContextOptions, type CDPSession, chromium, type Page } from 'playwright-core'
import { type Program, root } from './program.ts'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** The real Chromium that measures: the one that CHROMIUM_PATH names, the system's, else Playwright's own. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? installed.find((file) => existsSync(file))
  return await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: flags, timeout: 60_000 })
}

/** A browser of one's own that holds the cookie of a session and has opened nothing yet. */
export interface Visitor {
  readonly page: Page
  readonly cdp: CDPSession
  /** For the calls that prepare a measure. */
  readonly accessToken: string
  close(): Promise<void>
}

/** Signs somebody of the demo in, by the API: no screen is opened, the caches are empty. */
export async function signIn(
  browser: Browser,
  { url, password }: Program,
  person: 'coordination' | 'medecin',
  device: BrowserContextOptions,
): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', ...device, baseURL: url })
  // tsx names the functions that it compiles with a helper of its own, which the page does not have.
  await context.addInitScript('globalThis.__name ??= (one) => one')
  const data = { email: `${person}@demo.maillage.example`, password }
  const answer = await context.request.post('/api/v1/sessions', { data })
  if (!answer.ok()) throw new Error(`${data.email} cannot sign in: ${answer.status()} ${await answer.text()}`)
  const { accessToken } = Session.parse(await answer.json())
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  return { page, cdp, accessToken, close: () => context.close() }
}

/** How much slower than this machine, and on which network. */
export interface Slowness {
  readonly cpu: number
  readonly network?: { readonly bitsPerSecond: number; readonly latencyMs: number }
}

/** Slows the page down from now on. */
export async function slowDown(cdp: CDPSession, { cpu, network }: Slowness): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  if (!network) return
  const bytes = network.bitsPerSecond / 8
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: network.latencyMs,
    downloadThroughput: bytes,
    uploadThroughput: bytes,
  })
}

const folder = path.join(root, 'apps/bench/traces')

/** Runs the work under a trace that the Performance panel of Chromium opens. A traced run is slower: it is not counted. */
export async function traced<Result>(
  browser: Browser,
  page: Page,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  mkdirSync(folder, { recursive: true })
  await browser.startTracing(page, { path: path.join(folder, `${name}.json`) })
  try {
    return await work()
  } finally {
    await browser.stopTracing()
  }
}
