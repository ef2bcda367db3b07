import { parseDate } from '@internationalized/date'
import { dayIn } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { partnerFreshDays } from '@maillage/contracts/partners/partners'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { whoKeepsAgreements } from './tell-agreements.ts'

// A card that nobody ever read over is asked about at the same pace, from a day of old.
const dueText = `select count(*)::int as due from (
  select coalesce(confirmed_at, 'epoch'::timestamptz) as since from organizations where cpts_id = $1) o
where since <= $2::date - $3::int * interval '1 day'
  and floor(extract(epoch from $2::date - since) / ($3::int * 86400))
    > floor(extract(epoch from $2::date - interval '7 days' - since) / ($3::int * 86400))`

/**
 * Asks the coordination and the administration to read over the cards of partners that have aged another half year: twice
 * a year each, gathered in one message a week. Run each day; whatever the day, the week's message counts the same cards.
 */
export function askPartners(deps: Deps, cptsId: CptsId): Promise<void> {
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const monday = mondayOf(dayIn(context.calendar.timeZone, context.now))
    const count = await countDue(tx, cptsId, monday)
    if (count === 0) return
    for (const accountId of await whoKeepsAgreements(tx, cptsId)) {
      await sendNotice(tx, context, {
        kind: 'partners-to-confirm',
        to: { accountId },
        link: { path: '/partenaires?verifier=true' },
        values: { nombre: count },
        key: `partners-to-confirm:${monday}:${accountId}`,
      })
    }
  })
}

async function countDue(tx: Db, cptsId: CptsId, monday: string): Promise<number> {
  const values = [cptsId, monday, partnerFreshDays]
  const [row] = await queryRows<{ due: number }>(tx, { name: 'partners_to_confirm', text: dueText, values })
  return row?.due ?? 0
}

/** The Monday of the week of a day. */
function mondayOf(day: string): string {
  const date = parseDate(day)
  return date.subtract({ days: (date.toDate('UTC').getUTCDay() + 6) % 7 }).toString()
}
