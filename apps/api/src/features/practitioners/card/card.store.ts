import type { ConsentEntry, PracticeSite, PractitionerCard } from '@maillage/contracts/directory/practitioner-cards'
import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import { practiceSites, publicationConsents } from '../../../kernel/tables/practice.table.ts'
import { intakeCapacities, practitioners } from '../../../kernel/tables/practitioner.table.ts'
import { teams } from '../../../kernel/tables/team.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { municipalities } from '../../../platform/reference.table.ts'
import type { PractitionerRow } from '../practitioner.store.ts'

/** An entry with the name of its commune and of its team. */
export interface CardRow {
  entry: PractitionerRow
  municipality: string | null
  team: string | null
}

/** The entry, gone ones included: a card may be read until the end. */
export async function findCard(db: Db, cptsId: CptsId, id: PractitionerId): Promise<CardRow | undefined> {
  const [row] = await db
    .select({ entry: practitioners, municipality: municipalities.name, team: teams.name })
    .from(practitioners)
    .leftJoin(municipalities, eq(municipalities.code, practitioners.municipalityCode))
    .leftJoin(teams, and(eq(teams.cptsId, practitioners.cptsId), eq(teams.id, practitioners.teamId)))
    .where(and(eq(practitioners.cptsId, cptsId), eq(practitioners.id, id)))
  return row
}

/** The places beside the first one, with the names of their communes. */
export async function listSites(db: Db, cptsId: CptsId, id: PractitionerId): Promise<PracticeSite[]> {
  const rows = await db
    .select({ site: practiceSites, municipality: municipalities.name })
    .from(practiceSites)
    .leftJoin(municipalities, eq(municipalities.code, practiceSites.municipalityCode))
    .where(and(eq(practiceSites.cptsId, cptsId), eq(practiceSites.practitionerId, id)))
    .orderBy(asc(practiceSites.position))
  return rows.map(({ site, municipality }) => ({
    id: site.id,
    name: site.name,
    line: site.line,
    postalCode: site.postalCode,
    municipality: { code: site.municipalityCode, name: municipality ?? '' },
    phone: site.phone,
    accessible: site.accessible,
    hours: site.hours,
  }))
}

const sameLine = (line: string) => sql`lower(${practitioners.practiceLine}) = lower(${line})`

/** Those whose first place is at the same address: who shares a practice is derived, never kept by hand. */
export async function listColleagues(
  db: Db,
  { cptsId, id, municipalityCode, practiceLine }: PractitionerRow,
): Promise<PractitionerCard['colleagues']> {
  if (!practiceLine) return []
  return db
    .select({ id: practitioners.id, displayName: practitioners.displayName, profession: practitioners.profession })
    .from(practitioners)
    .where(
      and(
        eq(practitioners.cptsId, cptsId),
        eq(practitioners.municipalityCode, municipalityCode),
        sameLine(practiceLine),
        isNull(practitioners.goneAt),
        ne(practitioners.id, id),
      ),
    )
    .orderBy(asc(practitioners.search))
    .limit(30)
}

/** Every answer about publication, the last one first. */
export async function listConsents(db: Db, cptsId: CptsId, id: PractitionerId): Promise<ConsentEntry[]> {
  const rows = await db
    .select()
    .from(publicationConsents)
    .where(and(eq(publicationConsents.cptsId, cptsId), eq(publicationConsents.practitionerId, id)))
    .orderBy(desc(publicationConsents.at), desc(publicationConsents.id))
    .limit(50)
  return rows.map(({ scope, given, channel, at }) => ({ scope, given, channel, at: at.toISOString() }))
}

/** Keeps an answer about publication. */
export async function insertConsent(tx: Db, row: typeof publicationConsents.$inferInsert): Promise<void> {
  await tx.insert(publicationConsents).values(row)
}

const ofEntry = (cptsId: CptsId, id: PractitionerId) =>
  and(eq(intakeCapacities.cptsId, cptsId), eq(intakeCapacities.practitionerId, id))

/** Whom they take, as far as they said it. */
export async function findProfile(db: Db, cptsId: CptsId, id: PractitionerId): Promise<PractitionerCard['profile']> {
  const [row] = await db.select().from(intakeCapacities).where(ofEntry(cptsId, id))
  if (!row?.declaredAt) return null
  return { homeVisits: row.homeVisits, children: row.children, longTerm: row.longTerm }
}

/**
 * Writes whom they take without opening a new period: the number of places stays as it was declared. Who never declared
 * any still has none, and is called before anything is proposed.
 */
export async function writeProfile(
  tx: Db,
  cptsId: CptsId,
  practitionerId: PractitionerId,
  profile: NonNullable<PractitionerCard['profile']>,
  now: Date,
): Promise<void> {
  await tx
    .insert(intakeCapacities)
    .values({ cptsId, practitionerId, ...profile, declaredAt: now })
    .onConflictDoUpdate({
      target: [intakeCapacities.cptsId, intakeCapacities.practitionerId],
      set: {
        ...profile,
        declaredAt: sql`coalesce(${intakeCapacities.declaredAt}, ${now.toISOString()}::timestamptz)`,
        version: sql`${intakeCapacities.version} + 1`,
      },
    })
}
