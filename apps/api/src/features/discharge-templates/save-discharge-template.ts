import type {
  ChangeDischargeTemplate,
  DischargeTemplate,
  NewDischargeTemplate,
} from '@maillage/contracts/discharges/discharge-templates'
import { newId, TemplateId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import {
  deleteTemplate,
  insertTemplate,
  listTemplates,
  lockTemplate,
  type TemplateRow,
  updateTemplate,
} from './discharge-template.store.ts'

async function read(tx: Db, actor: Actor, id: TemplateId): Promise<DischargeTemplate> {
  const found = (await listTemplates(tx, actor)).find((template) => template.id === id)
  if (!found) throw new Error('A template that was just written cannot be read')
  return found
}

async function lock(tx: Db, actor: Actor, id: TemplateId, version: number): Promise<TemplateRow> {
  const row = await lockTemplate(tx, actor, id)
  if (!row) throw problem('not-found')
  if (row.version !== version) throw problem('version-stale')
  return row
}

/** Keeps what a ward asks for usually, for one of the actor's own units. */
export function addTemplate(deps: Deps, actor: Actor, input: NewDischargeTemplate): Promise<DischargeTemplate> {
  return act(deps, actor, async (tx, { now }) => {
    if (!actor.unitIds.includes(input.unitId)) throw invalidField('/unitId', 'unknown')
    const id = newId(TemplateId)
    if (!(await insertTemplate(tx, actor.cptsId, { ...input, id }, now))) throw problem('already-exists')
    await recordAudit(tx, actor, { action: `discharge-template.add ${id}`, at: now })
    return read(tx, actor, id)
  })
}

/** Replaces a template as its reader saw it. */
export function changeTemplate(
  deps: Deps,
  actor: Actor,
  { id, ...input }: ChangeDischargeTemplate & { id: TemplateId },
): Promise<DischargeTemplate> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await lock(tx, actor, id, input.version)
    if (!(await updateTemplate(tx, row, input, now))) throw problem('already-exists')
    await recordAudit(tx, actor, { action: `discharge-template.change ${id}`, at: now })
    return read(tx, actor, id)
  })
}

/** Takes a template away; the discharges that began from it keep what they hold. */
export function removeTemplate(
  deps: Deps,
  actor: Actor,
  { id, version }: { id: TemplateId; version: number },
): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    await deleteTemplate(tx, await lock(tx, actor, id, version))
    await recordAudit(tx, actor, { action: `discharge-template.remove ${id}`, at: now })
  })
}
