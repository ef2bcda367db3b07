import { AgreementId, newId, type OrganizationId } from '@maillage/contracts/kit/ids'
import type { ChangeAgreement, NewAgreement } from '@maillage/contracts/partners/partners'
import { and, eq } from 'drizzle-orm'
import type * as z from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { isRenewed, lockAgreement } from './agreement.store.ts'
import { type AgreementRow, agreements } from './agreement.table.ts'
import { lockPartner } from './keep-partner.ts'

type Terms = z.output<typeof NewAgreement>

/** Writes down what the CPTS and a partner agreed on. */
export function enterAgreement(deps: Deps, actor: Actor, partner: OrganizationId, terms: Terms): Promise<void> {
  return act(deps, actor, async (tx, context) => {
    await lockPartner(tx, actor, partner)
    await insertAgreement(tx, context, partner, terms, null)
    await recordAudit(tx, actor, { action: `agreement.enter ${partner}`, at: context.now })
  })
}

/** Corrects an agreement; one that ended or was renewed stays as it was. */
export function changeAgreement(
  deps: Deps,
  actor: Actor,
  id: AgreementId,
  { version, ...terms }: z.output<typeof ChangeAgreement>,
): Promise<OrganizationId> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockOpen(tx, actor, { id, version })
    demandOrder(terms)
    await updateAgreement(tx, context, row, termsOf(terms))
    await recordAudit(tx, actor, { action: `agreement.change ${id}`, at: context.now })
    return row.organizationId
  })
}

/** The same partnership goes on under new terms, from the day after the old ones or earlier: both are kept. */
export function renewAgreement(
  deps: Deps,
  actor: Actor,
  id: AgreementId,
  { version, ...terms }: z.output<typeof ChangeAgreement>,
): Promise<OrganizationId> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockOpen(tx, actor, { id, version })
    if (terms.startsOn <= row.startsOn) throw invalidField('/startsOn', 'before-start')
    await insertAgreement(tx, context, row.organizationId, terms, row.id)
    await updateAgreement(tx, context, row, {})
    await recordAudit(tx, actor, { action: `agreement.renew ${id}`, at: context.now })
    return row.organizationId
  })
}

/** Either side put an end to it. */
export function endAgreement(
  deps: Deps,
  actor: Actor,
  id: AgreementId,
  { version, endedOn }: { version: number; endedOn: AgreementRow['startsOn'] },
): Promise<OrganizationId> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockOpen(tx, actor, { id, version })
    if (endedOn < row.startsOn) throw invalidField('/endedOn', 'before-start')
    await updateAgreement(tx, context, row, { endedOn })
    await recordAudit(tx, actor, { action: `agreement.end ${id}`, at: context.now })
    return row.organizationId
  })
}

async function lockOpen(tx: Db, actor: Actor, wanted: { id: AgreementId; version: number }): Promise<AgreementRow> {
  const row = await lockAgreement(tx, actor.cptsId, wanted)
  if (row.endedOn !== null || (await isRenewed(tx, row))) throw problem('version-stale')
  return row
}

function demandOrder({ startsOn, endsOn, signedOn }: Omit<ChangeAgreement, 'version'>): void {
  if (endsOn && endsOn < startsOn) throw invalidField('/endsOn', 'before-start')
  if (signedOn && endsOn && signedOn > endsOn) throw invalidField('/signedOn', 'after-end')
}

const termsOf = (terms: Terms) => ({
  scope: terms.scope,
  signedOn: terms.signedOn ?? null,
  startsOn: terms.startsOn,
  endsOn: terms.endsOn ?? null,
  noticeDays: terms.noticeDays ?? null,
  alertDays: [...new Set(terms.alertDays)].sort((one, other) => other - one),
  documentReference: terms.documentReference ?? null,
})

async function insertAgreement(
  tx: Db,
  { actor, now }: Context,
  organizationId: OrganizationId,
  terms: Terms,
  renews: AgreementId | null,
): Promise<void> {
  demandOrder(terms)
  await tx.insert(agreements).values({
    cptsId: actor.cptsId,
    id: newId(AgreementId),
    organizationId,
    ...termsOf(terms),
    renews,
    createdAt: now,
    updatedAt: now,
    updatedBy: actor.accountId,
  })
}

async function updateAgreement(
  tx: Db,
  { actor, now }: Context,
  { cptsId, id, version }: AgreementRow,
  patch: Partial<AgreementRow>,
): Promise<void> {
  await tx
    .update(agreements)
    .set({ ...patch, updatedAt: now, updatedBy: actor.accountId, version: version + 1 })
    .where(and(eq(agreements.cptsId, cptsId), eq(agreements.id, id)))
}
