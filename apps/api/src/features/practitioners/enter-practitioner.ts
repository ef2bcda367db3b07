import { newId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { NewPractitioner } from '@maillage/contracts/practitioners'
import { isGeneralPractitionerSpecialty } from '@maillage/contracts/professions'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { directoryWords, displayNameOf } from '../../kernel/practitioner-name.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { areMunicipalities, columnNames, columnsOf, insertPractitioner } from './practitioner.store.ts'
import { enteredNow } from './sources.ts'

/** Enters somebody whom the national directory does not show: a locum, a newcomer, a social worker. */
export function enterPractitioner(deps: Deps, actor: Actor, given: NewPractitioner): Promise<PractitionerId> {
  return act(deps, actor, async (tx, { now }) => {
    if (!(await areMunicipalities(tx, [given.municipality]))) throw invalidField('/municipality', 'unknown')
    const id = newId(PractitionerId)
    const columns = columnsOf(given)
    const isInserted = await insertPractitioner(tx, {
      isGeneralPractitioner: given.profession === 'physician' && isGeneralPractitionerSpecialty(given.specialty ?? ''),
      ...columns,
      cptsId: actor.cptsId,
      id,
      lastName: given.lastName,
      firstName: given.firstName,
      profession: given.profession,
      municipalityCode: given.municipality,
      displayName: displayNameOf(given),
      search: directoryWords(given),
      ...enteredNow({ enteredByPerson: [], sources: {} }, columnNames(columns), 'coordinator', now),
      createdAt: now,
      updatedAt: now,
    })
    if (!isInserted) throw problem('already-exists')
    await recordAudit(tx, actor, { action: `practitioner.enter ${id}`, at: now })
    return id
  })
}
