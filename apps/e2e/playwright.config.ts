import { defineConfig } from '@playwright/test'
import { findChromium } from './support/chromium.ts'

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

/** Journeys against the built program: one Maillage with its demo for all of them, one browser, one at a time. */
export default defineConfig({
  testMatch: '**/*.e2e.ts',
  globalSetup: './support/global-setup.ts',
  outputDir: 'test-results',
  reporter: 'list',
  timeout: 150_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  // They share one territory: two at once would take each other's places, and the program needs the second core.
  workers: 1,
  fullyParallel: false,
  use: {
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 15_000,
    // What the page held at each step; moving pictures would cost as much as the journeys.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await findChromium(), args: flags },
  },
})
