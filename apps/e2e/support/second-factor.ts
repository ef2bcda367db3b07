import { createHmac } from 'node:crypto'
import { expect, type Page } from '@playwright/test'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The bytes of a secret as an authenticator types it (RFC 4648, base32). */
function bytesOf(secret: string): Buffer {
  const bits = [...secret.replaceAll(' ', '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The code that an authenticator shows now, or some steps of thirty seconds later (RFC 6238). */
export function codeOf(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const digest = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Sets up an authenticator on the page to which a first sign-in leads, and keeps the codes that it gives. */
export async function enrol(page: Page): Promise<{ secret: string; codes: string[] }> {
  await expect(page.getByRole('heading', { level: 1, name: 'Protéger votre compte' })).toBeVisible()
  await page.getByRole('button', { name: 'Utiliser une application' }).click()
  await page.getByText('Le carré ne se scanne pas').click()
  const secret = ((await page.locator('code[data-secret]').textContent()) ?? '').replaceAll(/\s/g, '')
  await page.getByLabel('Tapez le code à six chiffres').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Vérifier le code' }).click()
  const shown = page.getByRole('list', { name: 'Codes de secours' }).getByRole('listitem')
  await expect(shown).toHaveCount(10)
  const codes = await shown.allInnerTexts()
  await page.getByLabel('J’ai gardé ces codes en lieu sûr').check()
  await page.getByRole('button', { name: 'Ouvrir Maillage' }).click()
  return { secret, codes }
}

/** Gives a page an authenticator of its browser: it makes keys, and its owner's finger is always right. */
export async function giveAuthenticator(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('WebAuthn.enable')
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
