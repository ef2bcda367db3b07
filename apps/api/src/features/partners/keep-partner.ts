import { newId, OrganizationId, UnitId } from '@maillage/contracts/kit/ids'
import type { ChangePartner, NewPartner } from '@maillage/contracts/partners/partners'
import { and, eq, inArray } from 'drizzle-orm'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { organizations, organizationUnits } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { municipalities } from '../../platform/reference.table.ts'

type Card = Omit<ChangePartner, 'version'>

/** A partner enters the directory. */
export function enterPartner(deps: Deps, actor: Actor, card: NewPartner): Promise<OrganizationId> {
  return act(deps, actor, async (tx, context) => {
    await demandMunicipality(tx, card)
    const id = newId(OrganizationId)
    // Whoever has just written all of it has read all of it.
    const kept = { ...columnsOf(card, context), confirmedAt: context.now }
    await tx.insert(organizations).values({ cptsId: actor.cptsId, id, ...kept })
    await keepUnits(tx, actor, id, card.units)
    await recordAudit(tx, actor, { action: `partner.enter ${id}`, at: context.now })
    return id
  })
}

/** The whole card is replaced; its units are named anew or added, never taken away. */
export function changePartner(
  deps: Deps,
  actor: Actor,
  id: OrganizationId,
  { version, ...card }: ChangePartner,
): Promise<void> {
  return act(deps, actor, async (tx, context) => {
    await demandMunicipality(tx, card)
    await lockPartner(tx, actor, id, version)
    await tx
      .update(organizations)
      .set({ ...columnsOf(card, context), confirmedAt: context.now, version: version + 1 })
      .where(and(eq(organizations.cptsId, actor.cptsId), eq(organizations.id, id)))
    await keepUnits(tx, actor, id, card.units)
    await recordAudit(tx, actor, { action: `partner.change ${id}`, at: context.now })
  })
}

/** Somebody rang and read the card out: all of it is right. */
export function confirmPartner(deps: Deps, actor: Actor, id: OrganizationId, version: number): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    await lockPartner(tx, actor, id, version)
    await tx
      .update(organizations)
      .set({ confirmedAt: now, version: version + 1 })
      .where(and(eq(organizations.cptsId, actor.cptsId), eq(organizations.id, id)))
    await recordAudit(tx, actor, { action: `partner.confirm ${id}`, at: now })
  })
}

/** Takes a partner of the CPTS, seen as it is; 404 for another's. */
export async function lockPartner(tx: Db, actor: Actor, id: OrganizationId, version?: number): Promise<void> {
  const [row] = await tx
    .select({ version: organizations.version })
    .from(organizations)
    .where(and(eq(organizations.cptsId, actor.cptsId), eq(organizations.id, id)))
    .for('update')
  if (!row) throw problem('not-found')
  if (version !== undefined && row.version !== version) throw problem('version-stale')
}

async function demandMunicipality(tx: Db, { municipality }: Card): Promise<void> {
  if (!municipality) return
  const [known] = await tx
    .select({ code: municipalities.code })
    .from(municipalities)
    .where(eq(municipalities.code, municipality))
  if (!known) throw invalidField('/municipality', 'unknown')
}

const columnsOf = (card: Card, { actor, now }: Context) => ({
  name: card.name,
  kind: card.kind,
  finess: card.finess ?? null,
  addressLine: card.addressLine ?? null,
  postalCode: card.postalCode ?? null,
  municipalityCode: card.municipality ?? null,
  phone: card.phone ?? null,
  email: card.email ?? null,
  notes: card.notes ?? null,
  contacts: card.contacts,
  updatedAt: now,
  updatedBy: actor.accountId,
})

async function keepUnits(
  tx: Db,
  { cptsId }: Actor,
  organizationId: OrganizationId,
  units: Card['units'],
): Promise<void> {
  const named = units.flatMap(({ id }) => (id ? [id] : []))
  const own = await tx
    .select({ id: organizationUnits.id })
    .from(organizationUnits)
    .where(
      and(
        eq(organizationUnits.cptsId, cptsId),
        eq(organizationUnits.organizationId, organizationId),
        inArray(organizationUnits.id, named),
      ),
    )
  for (const [index, { id, name, phone = null }] of units.entries()) {
    if (!id) {
      await tx.insert(organizationUnits).values({ cptsId, id: newId(UnitId), organizationId, name, phone })
      continue
    }
    if (!own.some((unit) => unit.id === id)) throw invalidField(`/units/${index}/id`, 'unknown')
    await tx
      .update(organizationUnits)
      .set({ name, phone })
      .where(and(eq(organizationUnits.cptsId, cptsId), eq(organizationUnits.id, id)))
  }
}
