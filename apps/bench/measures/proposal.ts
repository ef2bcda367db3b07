import { pageOf } from '@maillage/contracts/kit/page'
import { OwnProposal } from '@maillage/contracts/proposals'
import type { Visitor } from '../browser.ts'
import type { Visit } from './visit.ts'

/** A practitioner opens the link of a message, in a village, on a phone that never saw Maillage but holds a session. */
export const firstProposal: Visit = {
  name: 'proposition-premiere-visite',
  person: 'medecin',
  device: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  address: pendingProposal,
  goal: { selector: 'button', words: 'Accepter' },
  slowness: { cpu: 4, network: { bitsPerSecond: 400_000, latencyMs: 400 } },
  before: 0,
}

async function pendingProposal({ page, accessToken }: Visitor): Promise<string> {
  const answer = await page.context().request.get('/api/v1/proposals?status=pending&limit=200', {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  const { items } = pageOf(OwnProposal).parse(await answer.json())
  const proposal = items.find(({ kind, placesLeft }) => kind === 'gp-search' && (placesLeft ?? 1) > 0)
  if (!proposal) throw new Error('No search waits for the doctor of the demo')
  return `/propositions/${proposal.id}`
}
