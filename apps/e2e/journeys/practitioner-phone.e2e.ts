import { pageOf } from '@maillage/contracts/kit/page'
import { OwnProposal } from '@maillage/contracts/proposals'
import { expect, type Page } from '@playwright/test'
import { programUrl } from '../support/demo.ts'
import { phone, test } from '../support/journey.ts'

const Proposals = pageOf(OwnProposal)
const small = { ...phone, viewport: { width: 320, height: 640 } }

/** A village at night: 400 kbit/s, 400 ms there and back, a phone four times slower than this machine, nothing kept. */
async function slowDown(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  const rate = 400_000 / 8
  const slow = { offline: false, latency: 400, downloadThroughput: rate, uploadThroughput: rate }
  await session.send('Network.emulateNetworkConditions', slow)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  return async () => {
    const free = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
    await session.send('Network.emulateNetworkConditions', free)
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  }
}

/** The development server sends hundreds of files, and no service worker: neither the speed nor the worker is judged there. */
const isBuilt = async (page: Page): Promise<boolean> =>
  (await page.request.get('/sw.js')).headers()['content-type']?.includes('javascript') ?? false

/** The addresses asked of anybody but the program. */
function strangers(page: Page): string[] {
  const found: string[] = []
  const own = new URL(programUrl()).origin
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== own) found.push(request.url())
  })
  return found
}

/** Everything that the browser keeps of the application, as one text. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        parts.push(request.url, await ((await cache.match(request)) ?? new Response()).text())
      }
    }
    for (const { name = '' } of await indexedDB.databases()) {
      const base = await new Promise<IDBDatabase>((done, fail) => {
        const asked = indexedDB.open(name)
        asked.onsuccess = () => done(asked.result)
        asked.onerror = () => fail(asked.error)
      })
      for (const store of base.objectStoreNames) {
        const all = await new Promise<unknown[]>((done, fail) => {
          const asked = base.transaction(store).objectStore(store).getAll()
          asked.onsuccess = () => done(asked.result)
          asked.onerror = () => fail(asked.error)
        })
        parts.push(JSON.stringify(all))
      }
      base.close()
    }
    return parts.join('\n')
  })

test('d’un lien reçu à la réponse en deux appuis, sur un réseau lent, sans rien laisser au téléphone', async ({
  as,
  api,
}, info) => {
  const caller = await api('medecin')
  const { items } = await caller.get('/proposals?status=pending&limit=200', Proposals)
  const proposal = items.find(({ kind, placesLeft }) => kind === 'gp-search' && (placesLeft ?? 1) > 0)
  if (!proposal) throw new Error('No search waits for the doctor of the demo')
  const doctor = await as('medecin', phone)
  const others = strangers(doctor)

  const breathe = (await isBuilt(doctor)) ? await slowDown(doctor) : async () => undefined
  const began = Date.now()
  // The first press is that on the link of the message.
  await doctor.goto(`/propositions/${proposal.id}`, { waitUntil: 'commit' })
  const accept = doctor.getByRole('button', { name: 'Accepter' })
  await expect(accept).toBeVisible({ timeout: 60_000 })
  const readable = `${((Date.now() - began) / 1000).toFixed(1)} s (400 kbit/s, 400 ms, processeur ralenti quatre fois)`
  info.annotations.push({ type: 'lisible en', description: readable })
  await doctor.evaluate(() => {
    document.addEventListener('pointerdown', () => document.body.setAttribute('data-presses', `${presses()}`), true)
    const presses = (): number => Number(document.body.getAttribute('data-presses') ?? 0) + 1
  })
  await accept.tap()
  await expect(doctor.getByRole('heading', { name: 'Fiche contact' })).toBeVisible({ timeout: 60_000 })
  await expect(doctor.locator('body')).toHaveAttribute('data-presses', '1')
  await breathe()

  const { contact } = await caller.get(`/proposals/${proposal.id}`, OwnProposal)
  if (!contact) throw new Error('An accepted proposal shows whom it is about')
  await expect(doctor.getByRole('heading', { name: contact.displayName })).toBeVisible()

  await test.step('rendre le dossier rend la place, sans pénalité', async () => {
    await doctor.reload()
    await expect(doctor.getByRole('heading', { name: contact.displayName })).toBeVisible()
    await doctor.getByRole('button', { name: /^Rendre/ }).tap()
    await doctor.getByRole('button', { name: 'Plus de place' }).tap()
    await expect(doctor.getByRole('main')).toContainText('Vous avez rendu ce dossier')
    const { placesLeft } = await caller.get(`/proposals/${proposal.id}`, OwnProposal)
    expect(placesLeft).toBe(proposal.placesLeft)
  })

  await test.step('rien de la personne ne reste dans le téléphone, et nul autre site n’est appelé', async () => {
    await doctor.getByRole('link', { name: 'Mes patients' }).tap()
    await expect(doctor.getByRole('heading', { name: 'Mes patients' })).toBeVisible()
    if (await isBuilt(doctor)) {
      await doctor.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
      expect(await doctor.evaluate(() => caches.keys())).toHaveLength(1)
    }
    const memory = await kept(doctor)
    const [lastName = ''] = contact.displayName.split(' ').slice(-1)
    const told = [
      contact.displayName,
      lastName,
      contact.birthDate,
      ...contact.phones,
      contact.addressLine,
      contact.email,
    ]
    for (const trait of told.filter((one) => one !== null)) expect(memory).not.toContain(trait)
    expect(others).toEqual([])
  })
})

test('sans réseau, la page le dit et ne montre aucun dossier', async ({ as }) => {
  const doctor = await as('medecin', phone)
  if (!(await isBuilt(doctor))) return
  await doctor.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await doctor.context().setOffline(true)
  await doctor.goto('/mes-patients')
  await expect(doctor.getByRole('heading', { name: 'Vous êtes hors ligne' })).toBeVisible()
  await doctor.context().setOffline(false)
  await doctor.getByRole('button', { name: 'Réessayer' }).tap()
  await expect(doctor.getByRole('heading', { name: 'Mes patients' })).toBeVisible()
})

test('les places se ferment d’un appui, et se rouvrent aussitôt', async ({ as }) => {
  const doctor = await as('medecin', phone)
  await doctor.getByRole('link', { name: 'Mes places' }).tap()
  await doctor.getByRole('button', { name: 'Fermer mes places' }).tap()
  await expect(doctor.getByRole('heading', { name: 'Vos places sont fermées' })).toBeVisible()
  await doctor.getByRole('button', { name: /^Annuler/ }).tap()
  await expect(doctor.getByRole('heading', { name: /^Il vous reste/ })).toBeVisible()
})

test('à 320 px rien ne déborde, et ce qui se touche est assez grand', async ({ as }) => {
  const doctor = await as('medecin', small)
  for (const address of ['/propositions', '/mes-patients', '/mes-places']) {
    await doctor.goto(address)
    await expect(doctor.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(doctor.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
    expect(await doctor.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
    const short = await doctor
      .getByRole('main')
      // A switch is pressed on its whole line, an arrow in a field with the field.
      .locator('button:not([tabindex="-1"], [role="switch"])')
      .evaluateAll((buttons) =>
        buttons.filter((one) => one.checkVisibility() && one.clientHeight < 36).map((one) => one.outerHTML),
      )
    expect(short, address).toEqual([])
  }
})
