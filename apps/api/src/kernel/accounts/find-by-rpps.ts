import { Membership } from '@maillage/contracts/accounts'
import { AccountId, CptsId, MembershipId, PractitionerId } from '@maillage/contracts/kit/ids'
import { Role } from '@maillage/contracts/roles'
import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Db } from '../../platform/db/database.ts'

const Holding = z
  .object({
    account_id: AccountId,
    is_closed: z.boolean(),
    has_ended: z.boolean(),
    cpts_id: CptsId,
    cpts_name: z.string(),
    id: MembershipId,
    role: Role,
    practitioner_id: PractitionerId,
    is_health_professional: z.boolean(),
  })
  .transform((row) => ({
    accountId: row.account_id,
    isClosed: row.is_closed,
    hasEnded: row.has_ended,
    membership: Membership.parse({
      id: row.id,
      role: row.role,
      cpts: { id: row.cpts_id, name: row.cpts_name },
      practitionerId: row.practitioner_id,
      units: [],
      isHealthProfessional: row.is_health_professional,
    }),
  }))

/** An account that holds, or held, the directory entry of a number: in one CPTS, by one membership. */
export type RppsHolding = z.infer<typeof Holding>

/** Who holds the directory entries of an RPPS number, in every CPTS, through the one function that may look there. */
export async function findByRpps(tx: Db, rpps: string): Promise<RppsHolding[]> {
  const { rows } = await tx.execute(sql`select * from accounts_of_rpps(${rpps})`)
  return z.array(Holding).parse(rows)
}
