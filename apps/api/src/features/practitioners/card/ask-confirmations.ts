import { cardFreshDays } from '@maillage/contracts/directory/practitioner-cards'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { systemActor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { sendNotice } from '../../../kernel/notices/send-notice.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { inBatches, type Pace } from '../../../platform/jobs/pace.ts'
import { noteAsked, type ToAsk, takeStale } from './confirmation.store.ts'

/** Few enough that no screen waits for a batch. */
const batch = 50
/** A territory just imported is asked over some days, not all of it in one morning. */
const mostADay = 200
/** How long the link of a message confirms; afterwards one signs in. */
const linkDays = 30

/** Asks those whose card is half a year old whether it is still right: twice a year each, whenever they last said so. */
export async function askConfirmations(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  cptsId: CptsId,
  pace: Pace,
): Promise<number> {
  let asked = 0
  await inBatches(pace, async () => {
    const at = now()
    const staleBefore = new Date(at.getTime() - cardFreshDays * 86_400_000)
    const taken = await db.transaction(cptsId, async (tx) => {
      const context = { actor: systemActor(cptsId), now: at }
      const people = await takeStale(tx, cptsId, staleBefore, batch)
      for (const person of people) await sendNotice(tx, context, noticeTo(person))
      await noteAsked(
        tx,
        cptsId,
        people.map(({ id }) => id),
        at,
      )
      if (people.length > 0) await recordAudit(tx, context.actor, { action: 'practitioner.ask-confirmations', at })
      return people.length
    })
    asked += taken
    return taken === batch && asked < mostADay
  })
  return asked
}

/** Whoever signs in is told by the channels they chose, the others at the address of their practice. */
const noticeTo = ({ id, hasAccount, email }: ToAsk) => ({
  kind: 'directory-confirmation' as const,
  to: hasAccount || email === null ? { practitionerId: id } : { address: { email } },
  link: { purpose: 'directory-confirm' as const, subjectId: id, days: linkDays },
  about: id,
})
