import { DayDate } from '@maillage/contracts/kit/dates'
import type { AgreementId, CptsId, OrganizationId } from '@maillage/contracts/kit/ids'
import type { Agreement, AgreementAlert } from '@maillage/contracts/partners/partners'
import { and, asc, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { organizations } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { type AgreementRow, agreements } from './agreement.table.ts'
import { agreementStatus } from './agreement-status.ts'

// By what was signed: a renewal that nobody signed holds nobody, and must not silence the alert.
const isFollowed = sql`exists (select from agreements n where n.cpts_id = ${agreements.cptsId} and n.renews = ${agreements.id}
  and n.signed_on is not null)`
const alertDay = sql`${agreements.endsOn} - coalesce((select max(d) from unnest(${agreements.alertDays}) d), 0)`

/** Signed, neither ended nor renewed, and at its earliest alert or past its term: as `agreementStatus` has it. */
const calls = (today: string): SQL | undefined =>
  and(
    isNull(agreements.endedOn),
    isNotNull(agreements.signedOn),
    isNotNull(agreements.endsOn),
    sql`${alertDay} <= ${today}::date`,
    sql`not ${isFollowed}`,
  )

const inQuery = (organization: PgColumn, cptsId: CptsId, where: SQL | undefined): SQL =>
  sql`exists (select from ${agreements} where ${and(
    eq(agreements.cptsId, cptsId),
    sql`${agreements.organizationId} = ${organization}`,
    where,
  )})`

/** Partners with an agreement to renew, or that lapsed. */
export const withTermNear = (organization: PgColumn, cptsId: CptsId, today: string): SQL =>
  inQuery(organization, cptsId, calls(today))

/** Partners with whom nothing that is signed holds today. */
export const withoutAgreement = (organization: PgColumn, cptsId: CptsId, today: string): SQL =>
  sql`not ${inQuery(
    organization,
    cptsId,
    and(
      isNotNull(agreements.signedOn),
      sql`${agreements.startsOn} <= ${today}::date`,
      sql`coalesce(${agreements.endedOn}, ${agreements.endsOn} + 1, 'infinity') > ${today}::date`,
    ),
  )}`

/** The agreements of these partners, the latest first, each with the one that follows it. */
export async function listAgreements(
  db: Db,
  cptsId: CptsId,
  partners: readonly OrganizationId[],
  today: Agreement['startsOn'],
): Promise<Agreement[]> {
  const rows = await db
    .select()
    .from(agreements)
    .where(and(eq(agreements.cptsId, cptsId), inArray(agreements.organizationId, [...partners])))
    .orderBy(desc(agreements.startsOn), desc(agreements.id))
  const followers = new Map(rows.flatMap((row) => (row.renews ? [[row.renews, row] as const] : [])))
  return rows.map((row) => ({
    id: row.id,
    partnerId: row.organizationId,
    scope: row.scope,
    signedOn: row.signedOn,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    noticeDays: row.noticeDays,
    alertDays: row.alertDays,
    documentReference: row.documentReference,
    status: agreementStatus({ ...row, isRenewed: Boolean(followers.get(row.id)?.signedOn) }, today),
    endedOn: row.endedOn,
    renews: row.renews,
    renewedBy: followers.get(row.id)?.id ?? null,
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
  }))
}

/** Takes an agreement, seen as it is; else 404, or 409 when it changed meanwhile. */
export async function lockAgreement(
  tx: Db,
  cptsId: CptsId,
  { id, version }: { id: AgreementId; version: number },
): Promise<AgreementRow> {
  const [row] = await tx
    .select()
    .from(agreements)
    .where(and(eq(agreements.cptsId, cptsId), eq(agreements.id, id)))
    .for('update')
  if (!row) throw problem('not-found')
  if (row.version !== version) throw problem('version-stale')
  return row
}

/** Has this agreement been renewed? */
export async function isRenewed(tx: Db, { cptsId, id }: AgreementRow): Promise<boolean> {
  const [next] = await tx
    .select({ id: agreements.id })
    .from(agreements)
    .where(and(eq(agreements.cptsId, cptsId), eq(agreements.renews, id)))
  return next !== undefined
}

/** What calls for a renewal today, the nearest term first. */
export async function listAlerts(
  db: Db,
  cptsId: CptsId,
  today: string,
): Promise<(AgreementAlert & { alertDays: number[] })[]> {
  const rows = await db
    .select({ row: agreements, partner: organizations.name })
    .from(agreements)
    .innerJoin(
      organizations,
      and(eq(organizations.cptsId, agreements.cptsId), eq(organizations.id, agreements.organizationId)),
    )
    .where(and(eq(agreements.cptsId, cptsId), calls(today)))
    .orderBy(asc(agreements.endsOn), asc(agreements.id))
    .limit(100)
  return rows.map(({ row, partner }) => ({
    id: row.id,
    partnerId: row.organizationId,
    partner,
    scope: row.scope,
    endsOn: DayDate.parse(row.endsOn),
    status: DayDate.parse(row.endsOn) < today ? 'lapsed' : 'to-renew',
    alertDays: row.alertDays,
  }))
}

/** The CPTS with an agreement that has a term and was not ended. */
export async function listCptsWithAgreements(tx: Db): Promise<CptsId[]> {
  const { rows } = await tx.execute<{ id: CptsId }>(sql`
    select c.id from cpts c where exists (
      select from agreements a where a.cpts_id = c.id and a.ended_on is null and a.ends_on is not null) order by c.id`)
  return rows.map(({ id }) => id)
}
