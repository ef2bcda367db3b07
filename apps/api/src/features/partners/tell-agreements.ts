import { dayIn } from '@maillage/contracts/kit/dates'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { listAlerts } from './agreement.store.ts'
import { daysBefore } from './agreement-status.ts'

/**
 * Tells the coordination and the administration what is to renew: once for each alert of an agreement, ninety days and
 * thirty days before its term by default. Run each day; a day missed is told the next one.
 */
export function tellAgreements(deps: Deps, cptsId: CptsId): Promise<void> {
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const today = dayIn(context.calendar.timeZone, context.now)
    const due = await listAlerts(tx, cptsId, today)
    if (due.length === 0) return
    const readers = await whoKeepsAgreements(tx, cptsId)
    for (const { id, endsOn, alertDays } of due) {
      // The nearest alert that has come: one entered late is told once, not once for each day that went by.
      const reached = alertDays.filter((days) => daysBefore(endsOn, days) <= today)
      const nearest = Math.min(...reached, ...(reached.length === 0 ? [0] : []))
      for (const accountId of readers) {
        await sendNotice(tx, context, {
          kind: 'agreements-to-renew',
          to: { accountId },
          link: { path: '/partenaires?convention=a-renouveler' },
          values: { nombre: 1 },
          about: id,
          key: `agreement:${id}:${endsOn}:${nearest}:${accountId}`,
        })
      }
    }
  })
}

/** The coordination and the administration of a CPTS: whom its partners concern. */
export async function whoKeepsAgreements(tx: Db, cptsId: CptsId): Promise<AccountId[]> {
  const rows = await tx
    .selectDistinct({ id: accounts.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.cptsId, cptsId),
        inArray(memberships.role, ['coordinator', 'administrator']),
        isNull(memberships.endedAt),
        isNull(accounts.disabledAt),
      ),
    )
  return rows.map(({ id }) => id)
}
