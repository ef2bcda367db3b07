import type { CaseLine } from '@maillage/contracts/coordination/reminders'
import { eq, sql } from 'drizzle-orm'
import { cases } from './tables/case.table.ts'
import { accounts } from './tables/cpts.table.ts'
import { patients } from './tables/patient.table.ts'

/** What a list says of a case, for a statement that joins its patient and, on the left, its owner's account. */
export const caseLineColumns = {
  id: cases.id,
  reference: cases.reference,
  kind: cases.kind,
  status: cases.status,
  firstName: patients.firstName,
  lastName: patients.lastName,
  ownerId: cases.ownerId,
  ownerName: sql<
    string | null
  >`(select ${accounts.displayName} from ${accounts} where ${eq(accounts.id, cases.ownerId)})`,
  version: cases.version,
}

interface Row extends Omit<CaseLine, 'owner'> {
  ownerId: NonNullable<CaseLine['owner']>['id'] | null
  ownerName: string | null
}

/** The line of such a row. */
export const toCaseLine = ({ ownerId, ownerName, ...line }: Row): CaseLine => ({
  ...line,
  owner: ownerId && ownerName !== null ? { id: ownerId, displayName: ownerName } : null,
})
