import { TimelineAddition } from '@maillage/contracts/cases'
import { GpSearch } from '@maillage/contracts/gp-search'
import { pageOf } from '@maillage/contracts/kit/page'
import { expect, type Page, type TestInfo } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { test } from '../support/journey.ts'

/** Notes when words first stand on a page; asked for afterwards, so that asking costs no time. */
async function watchFor(page: Page, words: string): Promise<() => Promise<number>> {
  await page.evaluate((wanted) => {
    const look = (): void => {
      if (document.body.dataset.seenAt || !document.body.textContent?.includes(wanted)) return
      document.body.dataset.seenAt = String(Date.now())
    }
    delete document.body.dataset.seenAt
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
  }, words)
  return async () => {
    await page.waitForFunction(() => document.body.dataset.seenAt, undefined, { timeout: 10_000 })
    return await page.evaluate(() => Number(document.body.dataset.seenAt))
  }
}

const tell = (info: TestInfo, what: string, ms: number): void => {
  info.annotations.push({ type: 'délai', description: `${what} : ${ms} ms` })
}

test('ce qu’un collègue fait apparaît sur le dossier ouvert, et après une coupure rien ne manque', async ({
  as,
  api,
}, info) => {
  const ccas = await api('ccas')
  const { items } = await ccas.get('/gp-searches?limit=50', pageOf(GpSearch))
  const followed = items.find(({ status }) => status !== 'closed')
  if (!followed) throw new Error('La démonstration a une demande du CCAS en cours')
  const note = (text: string) => ccas.post(`/cases/${followed.id}/notes`, { text }, TimelineAddition)
  // Run again on the same demonstration, the journey must not find its former words.
  const [before, during, missed] = ['avant', 'pendant', 'coupée'].map((when) => `Note ${when} ${Date.now() % 1e7}.`)
  if (!before || !during || !missed) throw new Error('Trois notes')
  const { by } = await note(before)

  const desk = await as('coordination')
  await desk.goto(`/dossiers/${followed.reference}`)
  const story = desk.getByRole('region', { name: 'Historique' })
  await expect(story).toContainText(before)
  const field = desk.getByRole('textbox', { name: /note/i }).first()

  await test.step('une note arrive pendant qu’on en tape une : rien ne bouge, pas un mot ne se perd', async () => {
    await field.fill('À rappeler demain')
    const place = await field.boundingBox()
    const seenAt = await watchFor(desk, during)
    await note(during)
    const sentAt = Date.now()
    tell(info, 'note d’un collègue', (await seenAt()) - sentAt)
    await expect(desk.getByText(`${by} a ajouté une note à`)).toBeVisible()
    await expect(field).toHaveValue('À rappeler demain')
    await expect(field).toBeFocused()
    expect(await field.boundingBox()).toEqual(place)
    await expectAccessible(desk)
  })

  await test.step('le réseau tombe puis revient : ce qui a été manqué est là', async () => {
    await desk.context().setOffline(true)
    await note(missed)
    await expect(desk.getByText(/^Connexion perdue/)).toBeVisible()
    await expect(story).not.toContainText(missed)
    const seenAt = await watchFor(desk, missed)
    await desk.context().setOffline(false)
    const backAt = Date.now()
    tell(info, 'rattrapage après la coupure', (await seenAt()) - backAt)
    await expect(field).toHaveValue('À rappeler demain')
    await field.clear()
  })

  await test.step('dans un autre navigateur de la même personne, ce qu’elle écrit paraît sans s’annoncer', async () => {
    const other = await as('coordination')
    await other.goto(`/dossiers/${followed.reference}`)
    const own = `Note d’un autre navigateur ${Date.now() % 1e7}.`
    await other.getByRole('textbox', { name: /note/i }).first().fill(own)
    await other.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await expect(story).toContainText(own)
    // One's own acts are no news.
    await expect(desk.getByText(/^Vous.* a ajouté une note à/)).toHaveCount(0)
    await expect(desk.getByText(`${by} a ajouté une note à`)).toBeVisible()
  })
})
