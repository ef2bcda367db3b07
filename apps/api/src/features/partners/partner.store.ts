import { foldName } from '@maillage/contracts/kit/identifiers'
import type { OrganizationId } from '@maillage/contracts/kit/ids'
import {
  type Agreement,
  type Partner,
  type PartnerQuery,
  partnerFreshDays,
} from '@maillage/contracts/partners/partners'
import { and, asc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Actor } from '../../kernel/actor.ts'
import { accounts, organizations, organizationUnits } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { decodeCursor, toPage } from '../../platform/http/cursor.ts'
import { problem } from '../../platform/problem-error.ts'
import { municipalities } from '../../platform/reference.table.ts'
import { listAgreements, withoutAgreement, withTermNear } from './agreement.store.ts'

/** As whom, and on which day, partners are read. */
export interface Reading {
  readonly actor: Actor
  readonly now: Date
  readonly today: Agreement['startsOn']
}

/** Agreements bind the CPTS: its coordination and its administration read them. */
const seesAgreements = ({ role }: Actor): boolean => role === 'coordinator' || role === 'administrator'

// As `foldName` has it: without accents nor marks, words parted by one space. Partners are few: no column holds it.
const foldedName = sql`' ' || regexp_replace(regexp_replace(normalize(lower(${organizations.name}), NFKD),
  '[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g')`
// As French readers expect them, whatever the database's own order.
const byName = sql`${organizations.name} collate "fr-x-icu"`
const NameKeys = z.tuple([z.string(), z.uuid()])

const staleBefore = (now: Date): Date => new Date(now.getTime() - partnerFreshDays * 86_400_000)

function wantedBy({ actor, now, today }: Reading, query: z.output<typeof PartnerQuery>): SQL | undefined {
  const { q, kind, municipality, agreement, stale } = query
  const words = foldName(q ?? '')
    .split(' ')
    .filter(Boolean)
  return and(
    eq(organizations.cptsId, actor.cptsId),
    ...words.map((word) => sql`strpos(${foldedName}, ${` ${word}`}) > 0`),
    kind ? eq(organizations.kind, kind) : undefined,
    municipality ? eq(organizations.municipalityCode, municipality) : undefined,
    agreement && !seesAgreements(actor) ? sql`false` : undefined,
    agreement === 'to-renew' ? withTermNear(organizations.id, actor.cptsId, today) : undefined,
    agreement === 'none' ? withoutAgreement(organizations.id, actor.cptsId, today) : undefined,
    stale ? isStale(now) : undefined,
  )
}

const isStale = (now: Date): SQL | undefined =>
  or(sql`${organizations.confirmedAt} is null`, lt(organizations.confirmedAt, staleBefore(now)))

/** A page of partners, by name. */
export async function listPartners(
  db: Db,
  reading: Reading,
  query: z.output<typeof PartnerQuery>,
): Promise<{ items: Partner[]; next: string | null }> {
  const after = decodeCursor(query.cursor, NameKeys)
  const rows = await selectPartners(
    db,
    and(
      wantedBy(reading, query),
      after ? sql`(${byName}, ${organizations.id}) > (${after[0]} collate "fr-x-icu", ${after[1]}::uuid)` : undefined,
    ),
  ).limit(query.limit + 1)
  const told = await describe(db, reading, rows)
  return toPage(
    rows,
    query.limit,
    ({ row }) => [row.name, row.id],
    ({ row }) => told(row.id),
  )
}

/** One partner of the CPTS, else 404. */
export async function readPartner(db: Db, reading: Reading, id: OrganizationId): Promise<Partner> {
  const rows = await selectPartners(db, and(eq(organizations.cptsId, reading.actor.cptsId), eq(organizations.id, id)))
  const [found] = rows
  if (!found) throw problem('not-found')
  // The id as it is kept: whoever asks may write it in capitals.
  return (await describe(db, reading, rows))(found.row.id)
}

const selectPartners = (db: Db, where: SQL | undefined) =>
  db
    .select({
      row: organizations,
      municipality: { code: municipalities.code, name: municipalities.name },
      updatedBy: accounts.displayName,
    })
    .from(organizations)
    .leftJoin(municipalities, eq(municipalities.code, organizations.municipalityCode))
    .leftJoin(accounts, eq(accounts.id, organizations.updatedBy))
    .where(where)
    .orderBy(byName, asc(organizations.id))

type Found = Awaited<ReturnType<typeof selectPartners>>[number]

/** Units and agreements of a page: two statements, however many partners. */
async function describe(
  db: Db,
  { actor, now, today }: Reading,
  found: readonly Found[],
): Promise<(id: OrganizationId) => Partner> {
  const ids = found.map(({ row }) => row.id)
  const { cptsId } = actor
  const units = await db
    .select()
    .from(organizationUnits)
    .where(and(eq(organizationUnits.cptsId, cptsId), inArray(organizationUnits.organizationId, ids)))
    .orderBy(sql`${organizationUnits.name} collate "fr-x-icu"`, asc(organizationUnits.id))
  const agreed = seesAgreements(actor) ? await listAgreements(db, cptsId, ids, today) : null
  const told = new Map(
    found.map(({ row, municipality, updatedBy }): [OrganizationId, Partner] => [
      row.id,
      {
        id: row.id,
        name: row.name,
        kind: row.kind,
        finess: row.finess,
        addressLine: row.addressLine,
        postalCode: row.postalCode,
        municipality,
        phone: row.phone,
        email: row.email,
        notes: row.notes,
        contacts: row.contacts,
        units: units
          .filter(({ organizationId }) => organizationId === row.id)
          .map(({ id, name, phone }) => ({ id, name, phone })),
        agreements: agreed?.filter(({ partnerId }) => partnerId === row.id) ?? null,
        updatedAt: row.updatedAt?.toISOString() ?? null,
        updatedBy,
        confirmedAt: row.confirmedAt?.toISOString() ?? null,
        isStale: row.confirmedAt === null || row.confirmedAt < staleBefore(now),
        version: row.version,
      },
    ]),
  )
  return (id) => {
    const partner = told.get(id)
    if (!partner) throw new Error('A partner that was just read is gone')
    return partner
  }
}
