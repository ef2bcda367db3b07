import { CptsId, newId } from '@maillage/contracts/kit/ids'
import { inArray } from 'drizzle-orm'
import { cpts, cptsMunicipalities } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { ProblemError } from '../../platform/problem-error.ts'
import { municipalities } from '../../platform/reference.table.ts'

export interface NewCpts {
  name: string
  /** INSEE codes of the communes that it covers. */
  municipalities: readonly string[]
  /** Absent: mainland France. */
  calendar?: { holidayZone: string; timeZone: string }
  isDemo?: boolean
}

/** Founds a territory. Only the owner of the tables may: an operator's command, never a request. */
export async function createCpts(tx: Db, input: NewCpts, now: Date): Promise<CptsId> {
  const codes = [...new Set(input.municipalities)]
  const known = await tx
    .select({ code: municipalities.code })
    .from(municipalities)
    .where(inArray(municipalities.code, codes))
  const unknown = codes.filter((code) => !known.some((one) => one.code === code))
  if (unknown.length > 0) {
    const errors = unknown.map((code) => ({
      pointer: `/municipalities/${codes.indexOf(code)}`,
      code: 'unknown',
      detail: code,
    }))
    throw new ProblemError('invalid-field', { errors })
  }
  const id = newId(CptsId)
  await tx
    .insert(cpts)
    .values({ id, name: input.name, ...input.calendar, isDemo: input.isDemo ?? false, createdAt: now })
  if (codes.length > 0) {
    await tx.insert(cptsMunicipalities).values(codes.map((municipalityCode) => ({ cptsId: id, municipalityCode })))
  }
  return id
}
