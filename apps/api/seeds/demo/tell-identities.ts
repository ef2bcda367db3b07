import type { IdentityStatus } from '@maillage/contracts/coordination/patient-identity'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { PatientId } from '@maillage/contracts/kit/ids'
import type { Sex } from '@maillage/contracts/patients'
import { recordIdentity } from '../../src/features/patients/identity.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import type { Deps } from '../../src/kernel/context.ts'
import type { IdentityDeps } from '../../src/kernel/patients/patient-identity.store.ts'
import type { Db } from '../../src/platform/db/database.ts'
import { queryRows } from '../../src/platform/db/named-query.ts'

interface Known {
  id: PatientId
  version: number
  sex: Sex
  birthDate: DayDate
}

// Those whom a hospital sends home have shown their card; the others are as they were told by phone.
const knownText = `select p.id, p.version, p.sex, p.birth_date::text as "birthDate" from patients p
where p.cpts_id = $1 and p.merged_into_id is null and p.sex <> 'unknown' and exists (
  select from cases c where c.cpts_id = $1 and c.patient_id = p.id and c.kind = 'hospital-discharge' and c.is_open)
order by p.id limit 8`

const known = (db: Db, { cptsId }: Actor): Promise<Known[]> => queryRows(db, { text: knownText, values: [cptsId] })

const statuses: readonly IdentityStatus[] = ['qualified', 'qualified', 'validated', 'qualified', 'retrieved']

/** An invented number: the sex and the month are the person's, the place is none (99 is abroad, 000 no country). */
export function inventedNumber({ sex, birthDate }: Pick<Known, 'sex' | 'birthDate'>, order: number): string {
  const [year = '', month = ''] = birthDate.split('-')
  const digits = `${sex === 'male' ? 1 : 2}${year.slice(2)}${month}99000${String(order).padStart(3, '0')}`
  return digits + String(97 - Number(BigInt(digits) % 97n)).padStart(2, '0')
}

/** Some identities that a hospital qualified, with numbers of the authority of tests; others that await it. */
export async function tellIdentities(deps: Deps & IdentityDeps, coordinator: Actor): Promise<void> {
  const people = await deps.db.read(coordinator.cptsId, (db) => known(db, coordinator))
  for (const [at, { id, version, ...person }] of people.entries()) {
    const status = statuses[at % statuses.length] ?? 'validated'
    const number = inventedNumber(person, at + 1)
    const nationalHealthId = status === 'qualified' ? { number, authority: 'test' as const } : undefined
    await recordIdentity(deps, coordinator, id, { status, nationalHealthId, version })
  }
}
