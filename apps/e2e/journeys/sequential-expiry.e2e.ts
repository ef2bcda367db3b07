import { Me } from '@maillage/contracts/accounts'
import { GpSearch } from '@maillage/contracts/gp-search'
import { PractitionerId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import { OwnProposal, Proposed } from '@maillage/contracts/proposals'
import { expect } from '@playwright/test'
import type { Caller } from '../support/api.ts'
import { test } from '../support/journey.ts'
import { openCase, sheet } from '../support/screens.ts'

const windowMs = 6000

test('sans réponse dans le délai, la proposition expire d’elle-même et la suivante part', async ({ as, api }) => {
  const desk = await as('coordination')
  const coordination = await api('coordination')
  const silent = await personOf(await api('medecin'))
  const next = await personOf(await api('medecin2'))
  const search = await openSearch(coordination)

  await test.step('deux médecins sont sollicités l’un après l’autre, le premier pour quelques secondes', async () => {
    const round = {
      mode: 'sequential',
      practitionerIds: [silent.id, next.id],
      expiresAt: new Date(Date.now() + windowMs).toISOString(),
      version: search.version,
    }
    await coordination.post(`/gp-searches/${search.id}/proposals`, round, Proposed)
    await openCase(desk, search.reference)
    const proposals = sheet(desk, /^Propositions/)
    await expect(proposals.getByRole('listitem').filter({ hasText: next.name })).toContainText('pas encore envoyée')
  })

  await test.step('le délai passe : le programme, seul, clôt la première et envoie la seconde', async () => {
    const waiting = async (): Promise<string[]> => {
      const { items } = await (await api('medecin2')).get('/proposals?status=pending&limit=200', pageOf(OwnProposal))
      return items.map((one) => one.reference)
    }
    await expect.poll(waiting, { timeout: 90_000, intervals: [1000] }).toContain(search.reference)
    await openCase(desk, search.reference)
    const proposals = sheet(desk, /^Propositions/)
    await expect(proposals.getByRole('listitem').filter({ hasText: silent.name })).toContainText(/sans réponse/i)
    await expect(proposals.getByRole('listitem').filter({ hasText: next.name })).toContainText('envoyée')
  })
})

interface Somebody {
  readonly id: PractitionerId
  readonly name: string
}

async function personOf(caller: Caller): Promise<Somebody> {
  const { account, current } = await caller.get('/me', Me)
  return { id: PractitionerId.parse(current?.practitionerId), name: account.displayName }
}

/** A search of an invented patient, ready to be proposed. */
async function openSearch(coordination: Caller): Promise<GpSearch> {
  const opening = {
    patient: {
      birthName: 'Fontanille',
      firstName: 'Hyacinthe',
      birthDate: '1979-01-30',
      sex: 'male',
      phones: ['+33639981188'],
      address: { municipality: '34145' },
    },
    consent: { givenAt: new Date().toISOString(), channel: 'oral', informedBy: 'La coordination' },
    channel: 'phone',
    details: {},
    confirmNotDuplicate: true,
  }
  const { id, version } = await coordination.post('/gp-searches', opening, GpSearch)
  return await coordination.post(`/gp-searches/${id}/moves`, { action: 'qualify', version }, GpSearch)
}
