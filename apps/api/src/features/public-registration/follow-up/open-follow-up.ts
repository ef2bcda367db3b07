import type { DayDate } from '@maillage/contracts/kit/dates'
import { act } from '../../../kernel/act.ts'
import { findLink, issueLink, revokeLinks } from '../../../kernel/links/links.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { sendFollowUpLink } from '../confirm-registration.ts'
import { delays } from '../delays.ts'
import type { ContactAddress } from '../form/reader.ts'
import { ownActor, type PublicDeps } from '../public-deps.ts'
import {
  digestOfAddress,
  lockRegistration,
  patchRegistration,
  type Registration,
  type RowKey,
  registrationsReachedAt,
} from '../registration.store.ts'
import { ownSearch } from './read-follow-up.ts'

/**
 * Opens a follow-up by its secret link and the birth date, and gives what the browser keeps to go on. Wrong date, wrong
 * link, shut door: undefined all the same. Wrong dates are counted, and shut the door for a time.
 */
export async function openFollowUp(
  deps: PublicDeps,
  token: string,
  { birthDate, requestId }: { birthDate: DayDate | undefined; requestId: string },
): Promise<string | undefined> {
  const link = await findLink(deps.db, token, 'registration-follow-up', deps.now())
  if (!link) return undefined
  const { cptsId, subjectId: id } = link
  return act(deps, ownActor(cptsId, requestId), async (tx, context) => {
    const { actor, now } = context
    const registration = await lockRegistration(tx, { cptsId, id })
    if (!registration || isShut(registration, now)) return undefined
    const own = await ownSearch(deps, tx, actor, registration)
    if (!own) return undefined
    if (own.patient.birthDate !== birthDate) {
      await patchRegistration(tx, registration, afterMiss(registration, now))
      const about = { at: now, caseId: own.row.id, patientId: own.patient.id }
      await recordAudit(tx, actor, { action: 'registration.refused', outcome: 'refused', ...about })
      return undefined
    }
    await patchRegistration(tx, registration, { failedTries: 0, lockedUntil: null })
    await recordAudit(tx, actor, {
      action: 'registration.open',
      at: now,
      caseId: own.row.id,
      patientId: own.patient.id,
    })
    const expiresAt = new Date(now.getTime() + delays.visitMs)
    return issueLink(tx, { cptsId, purpose: 'registration-visit', subjectId: id, expiresAt, now })
  })
}

const isShut = ({ lockedUntil }: Registration, now: Date): boolean => lockedUntil !== null && lockedUntil > now

function afterMiss({ failedTries }: Registration, now: Date): Partial<Registration> {
  const tries = failedTries + 1
  return tries < delays.mostTries
    ? { failedTries: tries }
    : { failedTries: 0, lockedUntil: new Date(now.getTime() + delays.lockMs) }
}

/** The request that a browser may read for now; undefined once the visit is over. */
export async function findVisit(deps: PublicDeps, token: string | undefined): Promise<RowKey | undefined> {
  if (token === undefined) return undefined
  const link = await findLink(deps.db, token, 'registration-visit', deps.now())
  return link && { cptsId: link.cptsId, id: link.subjectId }
}

/** Ends every visit of a request: somebody leaves a computer that others use. */
export const endVisits = (deps: PublicDeps, { cptsId, id }: RowKey): Promise<void> =>
  deps.db.transaction(cptsId, (tx) => revokeLinks(tx, cptsId, 'registration-visit', id, deps.now()))

/**
 * Sends a new link to an address from which requests were made, when one of them is of somebody born that day; the older
 * links then open nothing any more. Nobody is told whether there was one.
 */
export async function sendLostLink(
  deps: PublicDeps,
  address: ContactAddress,
  { birthDate, requestId }: { birthDate: DayDate; requestId: string },
): Promise<void> {
  for (const key of await registrationsReachedAt(deps.db, digestOfAddress(address))) {
    await act(deps, ownActor(key.cptsId, requestId), async (tx, context) => {
      const { actor, now } = context
      const registration = await lockRegistration(tx, key)
      const own = registration && (await ownSearch(deps, tx, actor, registration))
      if (own?.patient.birthDate !== birthDate) return
      await revokeLinks(tx, key.cptsId, 'registration-follow-up', key.id, now)
      await sendFollowUpLink(tx, context, key, address)
    })
  }
}
