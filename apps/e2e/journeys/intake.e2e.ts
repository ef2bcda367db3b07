import { GpSearch } from '@maillage/contracts/gp-search'
import { pageOf } from '@maillage/contracts/kit/page'
import { Patient } from '@maillage/contracts/patients'
import { expect, type Page } from '@playwright/test'
import { newFamily } from '../support/invented.ts'
import { test } from '../support/journey.ts'
import { keptAsDraft } from '../support/screens.ts'

/** Somebody who types while listening: about forty words a minute. */
const rhythm = { delay: 180 }

/** Goes on to a control with the Tab key alone, as somebody who holds the telephone. */
async function tabTo(page: Page, name: RegExp, most = 25): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab')
    const reached = await page.evaluate(() => {
      const at = document.activeElement
      if (!(at instanceof HTMLElement)) return ''
      const labels = 'labels' in at && at.labels instanceof NodeList ? [...at.labels] : []
      const words = [at.getAttribute('aria-label'), ...labels.map((label) => label.textContent), at.textContent]
      return words.flatMap((word) => word?.trim() || []).join(' ')
    })
    if (name.test(reached)) return
  }
  throw new Error(`Tab did not reach ${name}`)
}

test('une recherche de médecin traitant se prend au téléphone en moins d’une minute, au clavier', async ({
  as,
  api,
}, testInfo) => {
  const family = newFamily('Arboussac')
  const desk = await as('coordination')
  const began = Date.now()
  await desk.keyboard.press('n')
  await expect(desk.getByRole('heading', { level: 1, name: 'Nouvelle demande' })).toBeVisible()
  await tabTo(desk, /Nom de naissance/)
  await desk.keyboard.type(family, rhythm)
  await tabTo(desk, /Prénom/)
  await desk.keyboard.type('Solange', rhythm)
  await tabTo(desk, /Date de naissance/)
  await desk.keyboard.type('12051944', rhythm)
  await tabTo(desk, /^F\b|Sexe/)
  await desk.keyboard.press('Space')
  await tabTo(desk, /Téléphone/)
  await desk.keyboard.type('0639981427', rhythm)
  await tabTo(desk, /Commune/)
  await desk.keyboard.type('34400', rhythm)
  await expect(desk.getByRole('option', { name: /Lunel/ }).first()).toBeVisible()
  await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('Enter')
  await tabTo(desk, /En ALD/)
  await desk.keyboard.press('Space')
  await tabTo(desk, /accepte que la CPTS partage/, 40)
  await desk.keyboard.press('Space')
  await desk.keyboard.press('Control+Enter')
  await expect(desk.getByRole('heading', { name: `Solange ${family}` })).toBeVisible()
  const seconds = (Date.now() - began) / 1000

  testInfo.annotations.push({ type: 'mesure', description: `demande prise en ${seconds.toFixed(1)} s` })
  expect(seconds).toBeLessThan(60)
  const coordination = await api('coordination')
  const { items } = await coordination.get('/gp-searches?limit=200', pageOf(GpSearch))
  const opened = items.find(({ patient }) => patient?.lastName === family)
  expect(opened?.details.hasLongTermCondition).toBe(true)
  const known = await coordination.get(`/patients/${opened?.patient?.id}`, Patient)
  expect(known).toMatchObject({ birthDate: '1944-05-12', phones: ['+33639981427'] })
})

test('une personne connue se trouve en tapant son nom sans accent, son téléphone ou sa date de naissance', async ({
  as,
  api,
}) => {
  const family = newFamily('Pélissac-Rêve')
  const coordination = await api('coordination')
  await coordination.post(
    '/gp-searches',
    {
      patient: {
        birthName: family,
        firstName: 'Élodie',
        birthDate: '1967-03-09',
        sex: 'female',
        phones: ['+33639980967'],
        address: { municipality: '34145' },
      },
      consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'Essai' },
      channel: 'phone',
      details: {},
      submit: true,
      confirmNotDuplicate: true,
    },
    GpSearch,
  )
  const desk = await as('coordination')
  const known = desk.getByRole('status').filter({ hasText: /déjà connue/ })

  await test.step('par son nom, sans accent ni trait d’union', async () => {
    await desk.goto('/nouvelle-demande/gp-search')
    await desk.getByLabel('Nom de naissance').fill(family.replace('é', 'e').replace('ê', 'e').replaceAll('-', ' '))
    await desk.getByLabel('Prénom').fill('elo')
    await expect(known).toContainText(`Élodie ${family}`)
    await expect(known).toContainText('Mêmes nom et prénom')
  })
  await test.step('par son téléphone', async () => {
    await desk.getByLabel('Nom de naissance').fill('')
    await desk.getByLabel('Prénom').fill('')
    await desk.getByLabel('Téléphone').fill('06 39 98 09 67')
    await expect(known).toContainText(`Élodie ${family}`)
    await expect(known).toContainText('Même téléphone')
  })
  await test.step('par sa date de naissance, et elle se choisit', async () => {
    await desk.getByLabel('Téléphone').fill('')
    await desk.getByLabel('Date de naissance').fill('09/03/1967')
    await desk.getByRole('button', { name: new RegExp(`C’est .*${family}`) }).click()
    await expect(desk.getByText('Personne déjà connue')).toBeVisible()
  })
  await test.step('ce qui est tapé est gardé, page fermée puis rouverte', async () => {
    await desk.goto('/nouvelle-demande/unscheduled-care')
    await keptAsDraft(desk, { form: 'unscheduled-care', words: 'Mal de gorge' }, () =>
      desk.getByLabel('Dit par l’appelant').fill('Mal de gorge depuis deux jours'),
    )
    await expect(desk.getByText(/Brouillon enregistré à/)).toBeVisible()
    await desk.reload()
    await expect(desk.getByLabel('Dit par l’appelant')).toHaveValue('Mal de gorge depuis deux jours')
    await keptAsDraft(desk, { form: 'unscheduled-care', words: '' }, () =>
      desk.getByLabel('Dit par l’appelant').fill(''),
    )
  })
})
