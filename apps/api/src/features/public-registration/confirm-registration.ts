import { dayIn } from '@maillage/contracts/kit/dates'
import { act } from '../../kernel/act.ts'
import type { Context } from '../../kernel/context.ts'
import { findLink, useLink } from '../../kernel/links/links.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { delays } from './delays.ts'
import type { ContactAddress } from './form/reader.ts'
import { type RegistrationRead, readRegistration } from './form/steps.ts'
import { ownActor, type PublicDeps } from './public-deps.ts'
import { awaitsConfirmation, linkToCase, lockRegistration, type RowKey } from './registration.store.ts'

/** Gives somebody the link of their follow-up, at an address that they gave. */
export async function sendFollowUpLink(tx: Db, context: Context, key: RowKey, address: ContactAddress): Promise<void> {
  await sendNotice(tx, context, {
    kind: 'registration-follow-up',
    to: { address },
    link: { purpose: 'registration-follow-up', subjectId: key.id, days: delays.followUpDays },
    about: key.id,
  })
}

/**
 * Opens the search of a request whose link was opened, as somebody outside would: a look-alike is flagged for the
 * coordinators, and the author reads the same page. Undefined when the link no longer serves; of two at once, one opens.
 */
export async function confirmRegistration(
  deps: PublicDeps,
  token: string,
  requestId: string,
): Promise<CaseRow | undefined> {
  const link = await findLink(deps.db, token, 'registration-confirm', deps.now())
  if (!link || link.usedAt) return undefined
  return act(deps, ownActor(link.cptsId, requestId), async (tx, context) => {
    const { now, calendar, actor } = context
    const id = await useLink(tx, token, 'registration-confirm', now)
    const registration = id === undefined ? undefined : await lockRegistration(tx, { cptsId: actor.cptsId, id })
    if (!registration || !awaitsConfirmation(registration, now)) return undefined
    const { answers, municipalityCode, noticeVersion, submittedAt } = registration
    const read = readRegistration(answers ?? {}, municipalityCode, dayIn(calendar.timeZone, now))
    if (!read) return undefined
    const row = await deps.searches.open(tx, context, {
      patient: read.patient,
      details: read.details,
      consent: { givenAt: submittedAt.toISOString(), channel: 'online', informedBy: `Notice ${noticeVersion}` },
    })
    await tellHousehold(tx, context, row, read)
    await linkToCase(tx, registration, row, now)
    await sendFollowUpLink(tx, context, registration, read.address)
    return row
  })
}

/** The others of the household are named on the phone: the coordinator reads that there are some. */
async function tellHousehold(
  tx: Db,
  context: Context,
  row: CaseRow,
  { others, together }: RegistrationRead,
): Promise<void> {
  if (others === 0) return
  const people = others === 1 ? 'Une autre personne du foyer cherche' : `${others} autres personnes du foyer cherchent`
  const wish = together ? ' Elles aimeraient avoir le même médecin.' : ''
  await recordEvent(tx, context, row, {
    type: 'note',
    action: 'note',
    text: `Demande en ligne : ${people.toLowerCase()} aussi un médecin traitant.${wish}`,
  })
}
