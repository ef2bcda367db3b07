import type { CaseKindName } from '@maillage/contracts/cases'
import { type CaseId, type NeedId, newId, newRowId, ProposalId } from '@maillage/contracts/kit/ids'
import type { Propose } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { findPatient, householdOf } from '../../kernel/patients/patient.store.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { recordSending } from '../../kernel/record/record-proposal.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { type ProposalRow, proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { communeOf, factsOf, listCandidateEntries, listHere } from './candidates/candidate.store.ts'
import { type CandidateFacts, filterCause } from './candidates/ranking.ts'
import { allRelaxed } from './candidates/relaxed.ts'
import { revealsIdentity } from './preview-identity.ts'
import { countLive, expiryOf } from './proposal-flow.ts'
import { countLiveRounds } from './proposals.store.ts'

type Input = z.output<typeof Propose>
const maxWindowDays = 60

/** Offers a case, or one need of it, to one practitioner, to several in turn, or to several at once. */
export function propose(
  deps: Deps,
  actor: Actor,
  wanted: { kind: CaseKindName; id: CaseId },
  input: Input,
): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockCase(tx, actor, { ...wanted, version: input.version })
    const needId = input.needId ?? null
    const kind = context.kinds[row.kind]
    if (needId && !kind.hasNeeds) throw invalidField('/needId', 'not-allowed')
    if (!kind.proposableFrom.includes(row.status)) throw problem('wrong-status')
    if ((await countLiveRounds(tx, row, needId)) >= kind.liveRounds(row)) throw problem('proposal-already-live')
    checkShape(context, input)
    await checkNote(tx, context, row, input.previewNote)
    const chosen = await chooseAll(tx, context, row, needId, input.practitionerIds)
    const made = await insertRound(tx, context, row, input, chosen)
    for (const proposal of made) if (proposal.status === 'pending') await recordSending(tx, context, row, proposal)
    await recordAudit(tx, actor, { action: 'proposal.sent', at: context.now, caseId: row.id, patientId: row.patientId })
    await kind.onProposalChange(tx, context, await countLive(tx, row), { type: 'sent', needId })
    return row
  })
}

function checkShape(context: Context, input: Input): void {
  if (input.mode === 'direct' && input.practitionerIds.length !== 1)
    throw invalidField('/practitionerIds', 'exactly-one')
  if (new Set(input.practitionerIds).size !== input.practitionerIds.length)
    throw invalidField('/practitionerIds', 'repeated')
  if (!input.expiresAt) return
  const left = new Date(input.expiresAt).getTime() - context.now.getTime()
  if (left <= 0) throw invalidField('/expiresAt', 'past')
  if (left > maxWindowDays * 86_400_000) throw invalidField('/expiresAt', 'too-far')
}

async function checkNote(tx: Db, context: Context, row: CaseRow, note: string | undefined): Promise<void> {
  if (!note) return
  const patient = await findPatient(tx, context, row.patientId)
  const people = patient ? await householdOf(tx, patient) : []
  if (people.some((person) => revealsIdentity(note, person))) {
    throw problem('identity-in-preview', { errors: [{ pointer: '/previewNote', code: 'identity' }] })
  }
}

/** Each must be able to receive it. */
async function chooseAll(
  tx: Db,
  context: Context,
  row: CaseRow,
  needId: NeedId | null,
  ids: Input['practitionerIds'],
): Promise<CandidateFacts[]> {
  const request = await context.kinds[row.kind].candidateRequest(tx, context.calendar.timeZone, row, needId)
  const who = { profession: request.profession, among: ids }
  const entries = await listCandidateEntries(tx, row.cptsId, who, context.now)
  const here = await listHere(tx, row.cptsId, [row.id], needId)
  const from = await communeOf(tx, request.municipalityCode)
  return ids.map((id, index) => {
    const pointer = `/practitionerIds/${index}`
    const entry = entries.find((one) => one.id === id)
    if (!entry) throw invalidField(pointer, 'unknown-or-other-profession')
    const facts = factsOf(entry, from, here(row.id, id))
    const cause = filterCause(request, facts, allRelaxed)
    if (cause) throw problem('practitioner-not-eligible', { errors: [{ pointer, code: cause }] })
    return facts
  })
}

async function insertRound(
  tx: Db,
  context: Context,
  row: CaseRow,
  input: Input,
  chosen: readonly CandidateFacts[],
): Promise<ProposalRow[]> {
  const { now, actor } = context
  const roundId = newRowId()
  const windowMs = input.expiresAt ? new Date(input.expiresAt).getTime() - now.getTime() : null
  const round: (typeof proposals.$inferInsert)[] = []
  for (const [rank, facts] of chosen.entries()) {
    const to = { windowMs, needId: input.needId ?? null, practitionerId: facts.id }
    const isSent = rank === 0 || input.mode === 'broadcast'
    round.push({
      cptsId: row.cptsId,
      id: newId(ProposalId),
      caseId: row.id,
      roundId,
      mode: input.mode,
      rank,
      ...to,
      status: isSent ? 'pending' : 'queued',
      sentAt: isSent ? now : null,
      expiresAt: isSent ? await expiryOf(tx, context, row, to) : null,
      createdAt: now,
      createdBy: actor.accountId,
      previewNote: input.previewNote,
      distanceHm: facts.distanceKm === null ? null : Math.round(facts.distanceKm * 10),
      updatedAt: now,
    })
  }
  const made = await tx.insert(proposals).values(round).returning()
  return made.sort((one, other) => one.rank - other.rank)
}
