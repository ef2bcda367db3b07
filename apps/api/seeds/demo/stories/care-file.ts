import type { NewContactAttempt } from '@maillage/contracts/cases'
import type { NewReminder } from '@maillage/contracts/coordination/reminders'
import type { MoveNeed } from '@maillage/contracts/discharge-needs'
import type { MoveGpSearch } from '@maillage/contracts/gp-search'
import type { MoveHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { CaseId, NeedId } from '@maillage/contracts/kit/ids'
import type { Propose } from '@maillage/contracts/proposals'
import type { MoveUnscheduledCare } from '@maillage/contracts/unscheduled-care'
import type * as z from 'zod'
import { addNote } from '../../../src/features/case-file/add-note.ts'
import { addReminder } from '../../../src/features/case-file/add-reminder.ts'
import { recordContactAttempt } from '../../../src/features/case-file/record-contact-attempt.ts'
import { moveGpSearch } from '../../../src/features/gp-search/move-gp-search.ts'
import { moveDischargeNeed } from '../../../src/features/hospital-discharge/move-discharge-need.ts'
import { moveHospitalDischarge } from '../../../src/features/hospital-discharge/move-hospital-discharge.ts'
import { propose } from '../../../src/features/proposals/propose.ts'
import { moveUnscheduledCare } from '../../../src/features/unscheduled-care/move-unscheduled-care.ts'
import { type Actor, systemActor } from '../../../src/kernel/actor.ts'
import { getCase } from '../../../src/kernel/case.store.ts'
import type { CaseRow } from '../../../src/kernel/tables/case.table.ts'
import type { CareFile, Story } from './story.ts'

/** The fields of an action without the version, which is read just before. */
type Unversioned<Input> = Input extends { version: number } ? Omit<Input, 'version'> : never

/** The case of a story, once opened. */
export function caseIdOf({ caseId, kind, steps, after }: Story): CaseId {
  if (!caseId)
    throw new Error(
      `A story acts on a case that it has not opened ${kind} ${steps.length} ${steps[0]?.at} ${steps[0]?.manner} ${after?.kind}`,
    )
  return caseId
}

/** The case as it stands. */
export const headerOf = ({ deps, story }: CareFile): Promise<CaseRow> =>
  deps.db.read(story.world.cptsId, (db) => getCase(db, systemActor(story.world.cptsId), { id: caseIdOf(story) }))

/** Keeps in the story which case, and which patient, its opening made. */
export function opened({ story }: CareFile, row: CaseRow): void {
  story.caseId = row.id
  story.patientId = row.patientId
}

export async function moveSearch(file: CareFile, actor: Actor, input: Unversioned<MoveGpSearch>): Promise<void> {
  const { id, version } = await headerOf(file)
  // TypeScript loses the tie between an action and its fields when the version is put back.
  await moveGpSearch(file.deps, actor, id, { ...input, version } as MoveGpSearch)
}

export async function moveCare(file: CareFile, actor: Actor, input: Unversioned<MoveUnscheduledCare>): Promise<void> {
  const { id, version } = await headerOf(file)
  // The same as above.
  await moveUnscheduledCare(file.deps, actor, id, { ...input, version } as MoveUnscheduledCare)
}

export async function moveDischarge(
  file: CareFile,
  actor: Actor,
  input: Unversioned<MoveHospitalDischarge>,
): Promise<void> {
  const { id, version } = await headerOf(file)
  // The same as above.
  await moveHospitalDischarge(file.deps, actor, id, { ...input, version } as MoveHospitalDischarge)
}

export async function moveNeed(
  file: CareFile,
  actor: Actor,
  needId: NeedId,
  input: Unversioned<MoveNeed>,
): Promise<void> {
  const { id, version } = await headerOf(file)
  // The same as above.
  await moveDischargeNeed(file.deps, actor, { id, needId }, { ...input, version } as MoveNeed)
}

export async function offer(file: CareFile, actor: Actor, input: Unversioned<z.output<typeof Propose>>): Promise<void> {
  const { id, kind, version } = await headerOf(file)
  await propose(file.deps, actor, { kind, id }, { ...input, version })
}

export const note = (file: CareFile, actor: Actor, text: string): Promise<unknown> =>
  addNote(file.deps, actor, caseIdOf(file.story), text)

export const attempt = (file: CareFile, actor: Actor, made: z.output<typeof NewContactAttempt>): Promise<unknown> =>
  recordContactAttempt(file.deps, actor, caseIdOf(file.story), made)

export const remind = (file: CareFile, actor: Actor, reminder: z.output<typeof NewReminder>): Promise<unknown> =>
  addReminder(file.deps, actor, caseIdOf(file.story), reminder)
