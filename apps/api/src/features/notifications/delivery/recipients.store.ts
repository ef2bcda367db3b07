import type { AccountId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import type { NoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import type { notices } from '../../../kernel/notices/notices.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'
import { rightToBeTold } from './secretary-rights.ts'

/** Somebody who signs in, and how they want to be told. */
export interface AccountRecipient {
  readonly accountId: AccountId
  readonly email: string
  /** Null: the product's defaults. */
  readonly choices: NoticeChoices | null
}

type NoticeRow = typeof notices.$inferSelect

const accountsText = `select distinct a.id as "accountId", a.email, k.choices
from memberships m
join accounts a on a.id = m.account_id and a.disabled_at is null
left join notice_choices k on k.cpts_id = $1 and k.account_id = a.id
where m.cpts_id = $1 and m.ended_at is null and (m.account_id = $2 or m.practitioner_id = $3
  or m.id in (select d.membership_id from delegations d
    where d.cpts_id = $1 and d.practitioner_id = $3 and d.ended_at is null and $4 = any(d.rights)
      and exists (select from memberships w where w.cpts_id = $1 and w.practitioner_id = $3 and w.ended_at is null)))`

/**
 * Whose accounts a notice is for: those who still belong to the CPTS, and may sign in. What a practitioner is told, the
 * secretaries whom they named are told too, each by their own choices, as far as the rights that they were given go.
 */
export const listAccountRecipients = (
  db: Db,
  { cptsId, kind, accountId, practitionerId }: Pick<NoticeRow, 'cptsId' | 'kind' | 'accountId' | 'practitionerId'>,
): Promise<AccountRecipient[]> =>
  queryRows(db, {
    name: 'notice_accounts',
    text: accountsText,
    values: [cptsId, accountId, practitionerId, rightToBeTold(kind)],
  })

/** Is this account still one of those that a notice is for? They may have left, and a delegation may have ended. */
export async function isStillRecipient(db: Db, notice: NoticeRow, accountId: AccountId | null): Promise<boolean> {
  if (!accountId) return true
  return (await listAccountRecipients(db, notice)).some((one) => one.accountId === accountId)
}

/** Where a patient may be written to. */
export interface PatientAddresses {
  readonly email: string | null
  readonly phones: readonly string[]
}

const patientText = `select email, phones from patients where cpts_id = $1 and id = $2 and deceased_on is null`

/** The addresses that a patient gave; undefined once there is nobody to write to. */
export async function addressesOfPatient(
  db: Db,
  cptsId: CptsId,
  patientId: PatientId,
): Promise<PatientAddresses | undefined> {
  const statement = { name: 'notice_patient', text: patientText, values: [cptsId, patientId] }
  const [found] = await queryRows<PatientAddresses>(db, statement)
  return found
}
