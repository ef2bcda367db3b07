import type { PractitionerCard } from '@maillage/contracts/directory/practitioner-cards'
import { type CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import { systemActor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { findLink, useLink } from '../../../kernel/links/links.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { lockPractitioner } from '../practitioner.store.ts'
import { writeConfirmation } from './confirm-card.ts'
import { describeCard } from './read-card.ts'

const purpose = 'directory-confirm'

/** What the link of a message opens: the card of whoever received it, and whether it was confirmed by this very link. */
export interface LinkedCard {
  readonly cptsId: CptsId
  readonly card: PractitionerCard
  readonly isUsed: boolean
}

/** The card behind a link; undefined for an unknown, expired or revoked one, all the same to whoever holds it. */
export async function readLinkedCard(deps: Deps, token: string): Promise<LinkedCard | undefined> {
  const link = await findLink(deps.db, token, purpose, deps.now())
  if (!link) return undefined
  const { cptsId } = link
  const card = await deps.db.read(cptsId, (db) => describeCard(db, cptsId, PractitionerId.parse(link.subjectId)))
  return { cptsId, card, isUsed: link.usedAt !== null }
}

/**
 * « Tout est juste », by the link of a message: no account is asked for. `changed` when the card is no longer the one
 * that was shown; a second tap finds it confirmed. The link serves once, and opens nothing but this.
 */
export async function confirmByLink(
  deps: Deps,
  token: string,
  version: number,
): Promise<'confirmed' | 'changed' | 'unknown'> {
  const link = await findLink(deps.db, token, purpose, deps.now())
  if (!link) return 'unknown'
  if (link.usedAt) return 'confirmed'
  const id = PractitionerId.parse(link.subjectId)
  const actor = { ...systemActor(link.cptsId), onBehalfOf: { practitionerId: id } }
  return act(deps, actor, async (tx, { now }) => {
    const row = await lockPractitioner(tx, link.cptsId, id)
    if (!row) return 'unknown'
    if (row.version !== version) return 'changed'
    // Tapped twice at once: the first one has confirmed it.
    if (!(await useLink(tx, token, purpose, now))) return 'confirmed'
    await writeConfirmation(tx, row, 'link', now)
    await recordAudit(tx, actor, { action: `practitioner.confirm-card ${id}`, at: now })
    return 'confirmed'
  })
}
