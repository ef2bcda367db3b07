import type { Sex } from '@maillage/contracts/patients'
import { bySex, thePatient, thePatientWithin } from '../words/patient-words.ts'
import { gpFields } from './gp-fields.ts'
import type { MoveField, MoveSpec } from './move-fields.ts'

/** The acts of a kind in the words of those who take part in one case: what the person is called follows their sex. */
export type FormsOf = (sex: Sex) => Readonly<Record<string, MoveSpec>>

const note = (label = 'Précision'): MoveField => ({ kind: 'text', name: 'note', label, long: true, optional: true })
const she = (sex: Sex): string => bySex(sex, { female: 'elle', male: 'il', unknown: 'la personne' })

/** The acts of a search for those who accepted it, and for those who asked. */
export const searchForms: FormsOf = (sex) => ({
  'tell-patient': {
    label: `${thePatient(sex)} est d’accord`,
    title: `Dire que ${thePatientWithin(sex)} est d’accord`,
    explain: `Vous l’avez eue au téléphone ou en consultation, et ${she(sex)} accepte ce médecin.`.replace(
      'eue',
      bySex(sex, { female: 'eue', male: 'eu', unknown: 'eue' }),
    ),
    confirm: 'Enregistrer son accord',
    fields: [],
    stamp: 'toldAt',
    fixed: { agreed: true },
  },
  'book-visit': {
    label: 'Noter le premier rendez-vous',
    title: 'Noter le premier rendez-vous',
    confirm: 'Noter le rendez-vous',
    fields: [{ kind: 'instant', quick: true, name: 'visitAt', label: 'Jour et heure' }],
  },
  declare: {
    label: 'Déclaration faite',
    title: 'Noter la déclaration de médecin traitant',
    explain: 'La recherche est alors terminée.',
    confirm: 'Noter la déclaration',
    fields: [{ kind: 'day', name: 'declaredAt', label: 'Déclarée le', initial: 'today' }],
    fixed: { attestedBy: 'practitioner' },
  },
  'record-no-show': {
    label: 'Rendez-vous manqué',
    title: `${thePatient(sex)} n’est pas ${bySex(sex, { female: 'venue', male: 'venu', unknown: 'venue' })}`,
    explain: 'La coordination en est prévenue.',
    confirm: 'Noter l’absence',
    fields: [note()],
  },
  'provide-info': {
    label: 'Compléter',
    title: 'Compléter la demande',
    confirm: 'Envoyer à la coordination',
    fields: [{ kind: 'text', name: 'note', label: 'Ce qui manquait', long: true }],
  },
  close: {
    label: 'Retirer la demande',
    title: 'Retirer la demande',
    explain: 'La coordination arrête de chercher.',
    confirm: 'Retirer la demande',
    fields: [
      {
        kind: 'choice',
        chips: true,
        name: 'reason',
        label: 'Pourquoi',
        options: [
          { value: 'found_elsewhere', label: 'Médecin trouvé' },
          { value: 'withdrawn', label: 'Ne souhaite plus' },
          { value: 'moved_out', label: 'A déménagé' },
        ],
      },
    ],
  },
})

/** The acts of an unscheduled request. */
export const careForms: FormsOf = (sex) => ({
  attend: {
    label: bySex(sex, { female: 'Patiente vue', male: 'Patient vu', unknown: 'Personne vue' }),
    title: 'Noter la consultation',
    confirm: 'Noter la consultation',
    fields: [
      {
        kind: 'choice',
        chips: true,
        name: 'outcome',
        label: 'Suite',
        options: [
          { value: 'care_complete', label: 'Rien de plus' },
          { value: 'follow_up_gp', label: 'Revoir le médecin traitant' },
          { value: 'referred_specialist', label: 'Adressage à un spécialiste' },
          { value: 'sent_to_emergency', label: 'Envoi aux urgences' },
        ],
      },
      note('Mot pour le médecin traitant'),
      ...gpFields,
    ],
  },
  'record-no-show': {
    label: 'Rendez-vous manqué',
    title: `${thePatient(sex)} n’est pas ${bySex(sex, { female: 'venue', male: 'venu', unknown: 'venue' })}`,
    explain: 'La coordination en est prévenue.',
    confirm: 'Noter l’absence',
    fields: [note()],
  },
  redirect: {
    label: 'Confier au 15',
    title: 'Confier au 15',
    explain: 'La demande s’arrête là. Appelez le 15, ou faites-le appeler.',
    confirm: 'C’est confié au 15',
    fields: [note()],
    fixed: { reason: 'emergency_15' },
  },
  cancel: {
    label: 'Retirer la demande',
    title: 'Retirer la demande',
    explain: 'La coordination arrête de chercher.',
    confirm: 'Retirer la demande',
    fields: [
      {
        kind: 'choice',
        chips: true,
        name: 'reason',
        label: 'Pourquoi',
        options: [
          { value: 'found_elsewhere', label: 'Rendez-vous trouvé' },
          { value: 'patient_withdrew', label: 'Ne souhaite plus' },
          { value: 'entered_in_error', label: 'Saisie par erreur' },
        ],
      },
    ],
  },
})

/** The acts of a discharge for the nurse who accepted, and for the ward that has nothing more to say. */
export const dischargeForms: FormsOf = () => ({
  'follow-up': {
    label: 'Noter l’appel de suivi',
    title: 'Noter l’appel de suivi',
    confirm: 'Noter l’appel',
    fields: [
      { kind: 'day', name: 'gpSeenAt', label: 'Médecin vu le', optional: true },
      { kind: 'yes-no', name: 'readmitted', label: 'De nouveau à l’hôpital', optional: true },
    ],
    stamp: 'calledAt',
  },
  'provide-info': {
    label: 'Compléter',
    title: 'Compléter la demande',
    confirm: 'Envoyer à la coordination',
    fields: [{ kind: 'text', name: 'note', label: 'Ce qui manquait', long: true }],
  },
})
