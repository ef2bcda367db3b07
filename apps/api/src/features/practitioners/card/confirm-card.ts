import type { ConfirmationWay } from '@maillage/contracts/directory/practitioner-cards'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import { declaring, isOwnEntry } from '../own-entry.ts'
import { type PractitionerRow, updatePractitioner } from '../practitioner.store.ts'
import { lockOwnCard } from './lock-own-card.ts'

/** « Tout est juste », by the practitioner; « confirmé par téléphone », by the coordinator on their behalf. */
export function confirmCard(deps: Deps, actor: Actor, id: PractitionerId, version: number): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await lockOwnCard(tx, actor, id, version)
    const isOwn = isOwnEntry(actor, id)
    await writeConfirmation(tx, row, isOwn ? 'self' : 'phone', now)
    await recordAudit(tx, declaring(actor, id), { action: `practitioner.confirm-card ${id}`, at: now })
  })
}

/** The card is right from this moment on. */
export const writeConfirmation = async (
  tx: Db,
  row: PractitionerRow,
  by: ConfirmationWay,
  now: Date,
): Promise<void> => {
  await updatePractitioner(tx, row, { confirmedAt: now, confirmedBy: by })
}
