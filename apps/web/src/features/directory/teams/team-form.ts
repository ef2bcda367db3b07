import type { Team } from '@maillage/contracts/directory/teams'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import type { FaultWords } from '../../../kernel/fields/faults.ts'
import type { Commune } from '../../../kernel/fields/patient-form.ts'
import { phoneInWords } from '../../../ui/words/typography.ts'

/** A team as the screen holds it. */
export interface TeamForm {
  kind: Team['kind']
  name: string
  line: string
  commune: Commune | undefined
  phone: string
  members: Team['members']
}

/** A team, ready to be changed; a new one without it. */
export const teamFormOf = (team?: Team): TeamForm => ({
  kind: team?.kind ?? 'msp',
  name: team?.name ?? '',
  line: team?.line ?? '',
  commune: team && { ...team.municipality, postalCode: '', inTerritory: true },
  phone: team?.phone ? phoneInWords(team.phone) : '',
  members: team ? team.members.map((one) => ({ ...one })) : [],
})

/** The body of the change, for the contract to judge. */
export const teamBody = (form: TeamForm): Record<string, unknown> => ({
  kind: form.kind,
  name: form.name,
  line: form.line.trim() || null,
  municipality: form.commune?.code,
  // What is no number is sent as it was typed: the contract refuses it.
  phone: form.phone.trim() ? (toE164(form.phone) ?? form.phone) : null,
  members: form.members.map(({ id, keeps }) => ({ id, keeps })),
})

export const teamFaultWords: FaultWords = {
  '/name': 'Donnez un nom à l’équipe.',
  '/municipality': 'Choisissez une commune de la liste.',
  '/phone': 'Ce numéro n’est pas un numéro de téléphone.',
  '/members/*/id': 'Cette personne est déjà dans une autre équipe, ou n’est plus dans l’annuaire.',
}
