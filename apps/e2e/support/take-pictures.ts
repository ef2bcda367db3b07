import path from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from './chromium.ts'
import { demoPassword, emailOf } from './demo.ts'
import { root, startProgram } from './program.ts'

/** Takes the README's picture from a new demo: `pnpm --filter @maillage/e2e run pictures`. */
const program = await startProgram({ env: { MAILLAGE_DEMO: 'on', DEMO_PASSWORD: demoPassword } })
const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
try {
  const page = await browser.newPage({
    baseURL: program.url,
    viewport: { width: 1280, height: 800 },
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  const data = { email: emailOf('coordination'), password: demoPassword }
  await page.context().request.post('/api/v1/sessions', { data })
  await page.goto('/file')
  await page.locator('tbody tr[data-index="2"] a').click()
  await page.getByRole('complementary').getByRole('heading', { name: 'Historique' }).waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: path.join(root, 'docs/images/file-active.png') })
} finally {
  await browser.close()
  await program.stop()
  program.forget()
}
