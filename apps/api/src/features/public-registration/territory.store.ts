import { foldName } from '@maillage/contracts/kit/identifiers'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, arrayContains, eq, gte, inArray, lt, or, sql } from 'drizzle-orm'
import { cpts, cptsMunicipalities } from '../../kernel/tables/cpts.table.ts'
import type { Database, Db } from '../../platform/db/database.ts'
import { formerMunicipalities, municipalities } from '../../platform/reference.table.ts'
import { publicDesks } from './public-registration.table.ts'

/** What a CPTS tells everybody of itself. */
export interface PublicDesk {
  readonly id: CptsId
  readonly name: string
  readonly isOpen: boolean
  readonly phone: string | null
  readonly hours: string | null
  readonly email: string | null
}

/** A commune as the public pages name it. */
export interface Place {
  readonly code: string
  readonly name: string
  readonly postalCode: string
}

const shown = {
  code: municipalities.code,
  name: municipalities.name,
  postalCodes: municipalities.postalCodes,
} as const

const toPlace = ({ code, name, postalCodes }: { code: string; name: string; postalCodes: string[] }): Place => ({
  code,
  name,
  postalCode: postalCodes[0] ?? '',
})

/** A commune by its code, also of one merged since into another; undefined when no commune has or had it. */
export function findPlace(db: Database, typed: string): Promise<Place | undefined> {
  const code = typed.trim().toUpperCase()
  if (!/^(\d{5}|2[AB]\d{3})$/.test(code)) return Promise.resolve(undefined)
  return db.global(async (tx) => {
    const current = tx
      .select({ code: formerMunicipalities.currentCode })
      .from(formerMunicipalities)
      .where(eq(formerMunicipalities.code, code))
    const rows = await tx
      .select(shown)
      .from(municipalities)
      .where(or(eq(municipalities.code, code), inArray(municipalities.code, current)))
    const found = rows.find((row) => row.code === code) ?? rows[0]
    return found && toPlace(found)
  })
}

// The column sorts by bytes: every folded name that begins so stands below this.
const afterAll = '\u{10FFFF}'
const spelledOut = (folded: string): string => folded.replace(/^st /, 'saint ').replace(/^ste /, 'sainte ')

/** Communes by the beginning of their name or by their postal code, the largest first. */
export function searchPlaces(db: Database, typed: string): Promise<Place[]> {
  const folded = spelledOut(foldName(typed))
  if (folded.length < 2) return Promise.resolve([])
  const isPostalCode = /^\d{5}$/.test(folded)
  return db.global(async (tx) => {
    const rows = await tx
      .select(shown)
      .from(municipalities)
      .where(
        isPostalCode
          ? arrayContains(municipalities.postalCodes, [folded])
          : and(gte(municipalities.search, folded), lt(municipalities.search, `${folded}${afterAll}`)),
      )
      .orderBy(sql`(${municipalities.search} = ${folded}) desc, ${municipalities.population} desc nulls last`)
      .limit(12)
    return rows.map(toPlace)
  })
}

interface DeskRow extends Record<string, unknown> {
  cpts_id: CptsId
  cpts_name: string
  is_open: boolean
  phone: string | null
  hours: string | null
  email: string | null
}

/** The CPTS that cover a commune: asked before any is known, by a door of its own. */
export async function desksCovering(db: Database, municipality: string): Promise<PublicDesk[]> {
  const { rows } = await db.global((tx) => tx.execute<DeskRow>(sql`select * from cpts_covering(${municipality})`))
  return rows.map(({ cpts_id: id, cpts_name: name, is_open: isOpen, phone, hours, email }) => ({
    ...{ id, name, isOpen },
    ...{ phone, hours, email },
  }))
}

/** What a CPTS tells of itself, once it is known. */
export async function getDesk(db: Db, cptsId: CptsId): Promise<PublicDesk> {
  const [row] = await db
    .select({
      id: cpts.id,
      name: cpts.name,
      isOpen: publicDesks.isOpen,
      phone: publicDesks.phone,
      hours: publicDesks.hours,
      email: publicDesks.email,
    })
    .from(cpts)
    .leftJoin(publicDesks, eq(publicDesks.cptsId, cpts.id))
    .where(eq(cpts.id, cptsId))
  if (!row) throw new Error('A CPTS that is worked in does not exist')
  return { ...row, isOpen: row.isOpen ?? true }
}

/** The communes of a CPTS, as the list of a page. */
export async function placesOf(db: Db, cptsId: CptsId): Promise<Place[]> {
  const rows = await db
    .select(shown)
    .from(cptsMunicipalities)
    .innerJoin(municipalities, eq(municipalities.code, cptsMunicipalities.municipalityCode))
    .where(eq(cptsMunicipalities.cptsId, cptsId))
    .orderBy(sql`${municipalities.name} collate "fr-x-icu"`)
  return rows.map(toPlace)
}
