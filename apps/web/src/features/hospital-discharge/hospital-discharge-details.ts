import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { DefinitionRow } from '../../ui/DefinitionRows.vue'
import { dayInWords, exactInWords } from '../../ui/words/dates.ts'
import { phoneInWords } from '../../ui/words/typography.ts'
import { destinationLabels, missingLabels, pradoLabels } from './hospital-discharge.messages.ts'

const hadWords = { not_needed: '', proposed: 'HAD proposée', accepted: 'HAD acceptée' } as const

const said = (parts: readonly (string | false | undefined | null)[]): string => parts.filter(Boolean).join(', ')
const moment = (at: string | null | undefined): string => (at ? exactInWords(new Date(at)) : '')

/** What is known of a discharge, as rows; what concerns only a later step appears with it. */
export function detailRows(discharge: HospitalDischarge): DefinitionRow[] {
  const { details, unit } = discharge
  const call = details.callBack
  const always = [
    { key: 'unit', term: 'Service', value: said([unit.name, unit.organization]) },
    { key: 'date', term: 'Sortie prévue', value: moment(details.expectedDischargeAt) },
    {
      key: 'call',
      term: 'Rappeler le service',
      value: said([phoneInWords(call.phone), call.hours, call.deputy && `sinon ${call.deputy}`]),
    },
    {
      key: 'home',
      term: 'Retour',
      value: said([
        destinationLabels[details.destination],
        details.livesAlone && 'sans personne au domicile',
        details.gir !== undefined && `GIR ${details.gir}`,
      ]),
    },
    { key: 'gp', term: 'Médecin traitant', value: details.gpName ?? (details.hasGp ? 'oui' : 'n’en a pas') },
    { key: 'team', term: 'Équipe habituelle', value: details.usualTeam.map(({ name }) => name).join(', ') },
  ]
  const later = [
    { key: 'missing', term: 'Infos attendues', value: discharge.missing.map((one) => missingLabels[one]).join(', ') },
    { key: 'precaution', term: 'Précautions', value: details.precaution },
    {
      key: 'path',
      term: 'Parcours',
      value: said([details.prado && `Prado ${pradoLabels[details.prado]}`, hadWords[details.had]]),
    },
    { key: 'informed', term: 'Patient informé', value: details.patientInformed ? '' : 'pas encore' },
    { key: 'left', term: 'Sorti', value: moment(discharge.actualDischargeAt) },
    { key: 'letter', term: 'Lettre de liaison', value: discharge.letterSent === false ? 'pas encore envoyée' : '' },
    { key: 'called', term: 'Appel de suivi', value: moment(discharge.followUpCalledAt) },
    { key: 'seen', term: 'A vu son médecin', value: discharge.gpSeenAt ? dayInWords(discharge.gpSeenAt) : '' },
    { key: 'back', term: 'Réhospitalisé', value: discharge.readmitted ? 'oui' : '' },
  ]
  return [...always, ...later.filter(({ value }) => value)]
}
