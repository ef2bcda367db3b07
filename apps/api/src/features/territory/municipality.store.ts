import { foldName } from '@maillage/contracts/kit/identifiers'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { MunicipalityMatch, MunicipalitySearch } from '@maillage/contracts/municipalities'
import { and, arrayContains, asc, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { cptsMunicipalities } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { formerMunicipalities, municipalities } from '../../platform/reference.table.ts'

// The column sorts by bytes: every folded name that starts with the prefix stands below this.
const afterAll = '\u{10FFFF}'

/** « St Germain » and « Ste-Foy » as the reference writes them. */
const spellOut = (folded: string): string => folded.replace(/^st /, 'saint ').replace(/^ste /, 'sainte ')

function startsWith(folded: string): SQL | undefined {
  if (folded === '') return sql`false`
  return and(gte(municipalities.search, folded), lt(municipalities.search, `${folded}${afterAll}`))
}

/** A name's beginning; a code, also of a commune merged since; a postal code. */
function matches(db: Db, typed: string): SQL | undefined {
  const code = typed.toUpperCase()
  const byName = startsWith(spellOut(foldName(typed)))
  if (!/^(\d{5}|2[AB]\d{3})$/.test(code)) return byName
  const successors = db
    .select({ code: formerMunicipalities.currentCode })
    .from(formerMunicipalities)
    .where(eq(formerMunicipalities.code, code))
  return or(
    eq(municipalities.code, code),
    inArray(municipalities.code, successors),
    arrayContains(municipalities.postalCodes, [code]),
  )
}

/** Communes by what a person types; those of the territory first, then the largest. */
export async function findMunicipalities(
  db: Db,
  cptsId: CptsId,
  { q, limit }: MunicipalitySearch,
): Promise<MunicipalityMatch[]> {
  const inTerritory = sql<boolean>`${cptsMunicipalities.municipalityCode} is not null`
  const rows = await db
    .select({
      code: municipalities.code,
      name: municipalities.name,
      postalCodes: municipalities.postalCodes,
      department: municipalities.department,
      population: sql<number>`coalesce(${municipalities.population}, 0)`,
      latitude: municipalities.latitude,
      longitude: municipalities.longitude,
      inTerritory,
    })
    .from(municipalities)
    .leftJoin(
      cptsMunicipalities,
      and(eq(cptsMunicipalities.cptsId, cptsId), eq(cptsMunicipalities.municipalityCode, municipalities.code)),
    )
    .where(matches(db, q))
    .orderBy(desc(inTerritory), sql`${municipalities.population} desc nulls last`, asc(municipalities.search))
    .limit(limit)
  return rows
}
