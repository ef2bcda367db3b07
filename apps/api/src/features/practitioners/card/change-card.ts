import type { ChangeCard, SetPracticeSite } from '@maillage/contracts/directory/practitioner-cards'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { replaceSites, type SiteValues } from '../../../kernel/practitioners/practice-site.store.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import { invalidField, problem } from '../../../platform/problem-error.ts'
import { declaring, isOwnEntry } from '../own-entry.ts'
import { areMunicipalities, columnNames, columnsOf, updatePractitioner } from '../practitioner.store.ts'
import { enteredNow } from '../sources.ts'
import { writeProfile } from './card.store.ts'
import { columnOfField } from './field-sources.ts'
import { lockOwnCard } from './lock-own-card.ts'

/**
 * The practitioner says how they are reached and whom they take, or the coordinator on their behalf, which the trail
 * says. What is given is never overwritten by an import; a card that its owner saves is a card that they confirm.
 */
export function changeCard(deps: Deps, actor: Actor, id: PractitionerId, given: ChangeCard): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    const { version, sites, profile, ...fields } = given
    const before = await lockOwnCard(tx, actor, id, version)
    await demandCommunes(tx, given)
    const columns = columnsOf(fields)
    const isOwn = isOwnEntry(actor, id)
    const names = [...columnNames(columns), ...(sites ? [columnOfField.sites] : [])]
    if (sites) await replaceSites(tx, actor.cptsId, id, sites.map(valuesOf))
    if (profile) await writeProfile(tx, actor.cptsId, id, profile, now)
    const isWritten = await updatePractitioner(tx, before, {
      ...columns,
      ...enteredNow(before, names, isOwn ? 'self' : 'coordinator', now),
      ...(isOwn ? { confirmedAt: now, confirmedBy: 'self' as const } : {}),
      updatedAt: now,
    })
    if (!isWritten) throw problem('already-exists')
    await recordAudit(tx, declaring(actor, id), { action: `practitioner.change-card ${id}`, at: now })
  })
}

async function demandCommunes(tx: Db, { municipality, sites = [] }: ChangeCard): Promise<void> {
  if (municipality && !(await areMunicipalities(tx, [municipality]))) throw invalidField('/municipality', 'unknown')
  for (const [index, site] of sites.entries())
    if (!(await areMunicipalities(tx, [site.municipality])))
      throw invalidField(`/sites/${index}/municipality`, 'unknown')
}

const valuesOf = (site: SetPracticeSite): SiteValues => ({
  name: site.name ?? null,
  line: site.line ?? null,
  postalCode: site.postalCode ?? null,
  municipalityCode: site.municipality,
  phone: site.phone ?? null,
  accessible: site.accessible ?? null,
  hours: site.hours ?? null,
})
