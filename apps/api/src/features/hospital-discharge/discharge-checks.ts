import type { Consent } from '@maillage/contracts/cases'
import type { NewNeed } from '@maillage/contracts/discharge-needs'
import type { HospitalDischargeDetails } from '@maillage/contracts/hospital-discharge'
import type { CaseId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { z } from 'zod'
import { askerOn, lockCase } from '../../kernel/case.store.ts'
import type { Context } from '../../kernel/context.ts'
import { judgeMove } from '../../kernel/machine.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { hospitalDischargeActs } from './hospital-discharge.machine.ts'
import { directoryEntries } from './hospital-discharge.store.ts'

/** A discharge is submitted with one need at least, the patient told, and their consent. */
export function demandSubmittable(
  details: Pick<HospitalDischargeDetails, 'patientInformed'>,
  needs: number,
  consent: z.infer<typeof Consent> | null | undefined,
): void {
  if (needs === 0) throw problem('not-enough-needs')
  if (!details.patientInformed) throw invalidField('/details/patientInformed', 'required')
  if (!consent) throw invalidField('/consent', 'required')
}

/** The dates stand in order, and those of the usual team whom the ward found in the directory are in it. */
export async function checkDetails(tx: Db, cptsId: CptsId, details: HospitalDischargeDetails): Promise<void> {
  const { earliestAt, latestAt, usualTeam } = details
  if (earliestAt && latestAt && new Date(latestAt) < new Date(earliestAt))
    throw invalidField('/details/latestAt', 'before-earliest')
  const missing = await firstUnknown(
    tx,
    cptsId,
    usualTeam.map(({ practitionerId }) => practitionerId),
  )
  if (missing >= 0) throw invalidField(`/details/usualTeam/${missing}/practitionerId`, 'unknown')
}

/** Each need ends after it starts, and names a preferred practitioner of the directory or none. */
export async function checkNeeds(
  tx: Db,
  cptsId: CptsId,
  needs: readonly NewNeed[],
  pointerOf: (index: number) => string = (index) => `/needs/${index}`,
): Promise<void> {
  const reversed = needs.findIndex(({ startAt, endAt }) => endAt && new Date(endAt) < new Date(startAt))
  if (reversed >= 0) throw invalidField(`${pointerOf(reversed)}/endAt`, 'before-start')
  const missing = await firstUnknown(
    tx,
    cptsId,
    needs.map(({ preferredPractitionerId }) => preferredPractitionerId),
  )
  if (missing >= 0) throw invalidField(`${pointerOf(missing)}/preferredPractitionerId`, 'unknown')
}

async function firstUnknown(tx: Db, cptsId: CptsId, ids: readonly (PractitionerId | undefined)[]): Promise<number> {
  const known = await directoryEntries(
    tx,
    cptsId,
    ids.filter((id) => id !== undefined),
  )
  const found = new Set(known.map(({ id }) => id))
  return ids.findIndex((id) => id !== undefined && !found.has(id))
}

/** Takes a discharge for an act that has a path of its own: version first, then who may do it and from where. */
export async function lockDischarge(
  tx: Db,
  context: Context,
  seen: { id: CaseId; version: number },
  action: keyof typeof hospitalDischargeActs,
): Promise<CaseRow> {
  const { actor } = context
  const row = await lockCase(tx, actor, { id: seen.id, kind: 'hospital-discharge', version: seen.version })
  judgeMove<string>(hospitalDischargeActs, row.status, action, await askerOn(tx, actor, row.id))
  return row
}
