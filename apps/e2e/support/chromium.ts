import { existsSync } from 'node:fs'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser to drive: the one that was named, the system's, one inside an npm package; undefined is Playwright's own. */
export async function findChromium(): Promise<string | undefined> {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  return installed.find((path) => existsSync(path)) ?? (await packaged())
}

/** A Chromium that comes as an npm package, where somebody installed it; Maillage does not depend on it. */
async function packaged(): Promise<string | undefined> {
  const name = '@sparticuz/chromium'
  try {
    const loaded: { default?: { executablePath?: () => Promise<string> } } = await import(name)
    return await loaded.default?.executablePath?.()
  } catch {
    return undefined
  }
}
