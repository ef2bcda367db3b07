import type { AccountId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import type { NoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import type { notices } from '../../../kernel/notices/notices.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'

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
where m.cpts_id = $1 and m.ended_at is null and (m.account_id = $2 or m.practitioner_id = $3)`

/** Whose accounts a notice is for: those who still belong to the CPTS, and may sign in. */
export const listAccountRecipients = (
  db: Db,
  { cptsId, accountId, practitionerId }: Pick<NoticeRow, 'cptsId' | 'accountId' | 'practitionerId'>,
): Promise<AccountRecipient[]> =>
  queryRows(db, { name: 'notice_accounts', text: accountsText, values: [cptsId, accountId, practitionerId] })

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
