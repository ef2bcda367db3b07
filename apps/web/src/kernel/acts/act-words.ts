import type { Sex } from '@maillage/contracts/patients'
import { bySex, thePatient, thePatientWithin } from '../words/patient-words.ts'
import type { ActField, FormsOf } from './act-field.ts'

const note = (label = 'Précision'): ActField => ({ type: 'text', name: 'note', label, optional: true })
const yesNo = [
  { value: 'yes', label: 'Oui' },
  { value: 'no', label: 'Non' },
] as const
const she = (sex: Sex): string => bySex(sex, { female: 'elle', male: 'il', unknown: 'la personne' })

/** The acts of a search for those who accepted it, and for those who asked. */
export const searchForms: FormsOf = (sex) => ({
  'tell-patient': {
    label: `${thePatient(sex)} est d’accord`,
    title: `Dire que ${thePatientWithin(sex)} est d’accord`,
    description: `Vous l’avez eue au téléphone ou en consultation, et ${she(sex)} accepte ce médecin.`.replace(
      'eue',
      bySex(sex, { female: 'eue', male: 'eu', unknown: 'eue' }),
    ),
    confirm: 'Enregistrer son accord',
    fields: [],
    preset: (now) => ({ toldAt: now.toISOString(), agreed: true }),
  },
  'book-visit': {
    label: 'Noter le premier rendez-vous',
    title: 'Noter le premier rendez-vous',
    confirm: 'Noter le rendez-vous',
    fields: [{ type: 'moment', name: 'visitAt', label: 'Jour et heure' }],
  },
  declare: {
    label: 'Déclaration faite',
    title: 'Noter la déclaration de médecin traitant',
    description: 'La recherche est alors terminée.',
    confirm: 'Noter la déclaration',
    fields: [{ type: 'day', name: 'declaredAt', label: 'Déclarée le' }],
    preset: () => ({ attestedBy: 'practitioner' }),
  },
  'record-no-show': {
    label: 'Rendez-vous manqué',
    title: `${thePatient(sex)} n’est pas ${bySex(sex, { female: 'venue', male: 'venu', unknown: 'venue' })}`,
    description: 'La coordination en est prévenue.',
    confirm: 'Noter l’absence',
    fields: [note()],
  },
  'provide-info': {
    label: 'Compléter',
    title: 'Compléter la demande',
    confirm: 'Envoyer à la coordination',
    fields: [{ type: 'text', name: 'note', label: 'Ce qui manquait' }],
  },
  close: {
    label: 'Retirer la demande',
    title: 'Retirer la demande',
    description: 'La coordination arrête de chercher.',
    confirm: 'Retirer la demande',
    fields: [
      {
        type: 'choice',
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
        type: 'choice',
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
    ],
  },
  'record-no-show': {
    label: 'Rendez-vous manqué',
    title: `${thePatient(sex)} n’est pas ${bySex(sex, { female: 'venue', male: 'venu', unknown: 'venue' })}`,
    description: 'La coordination en est prévenue.',
    confirm: 'Noter l’absence',
    fields: [note()],
  },
  redirect: {
    label: 'Confier au 15',
    title: 'Confier au 15',
    description: 'La demande s’arrête là. Appelez le 15, ou faites-le appeler.',
    confirm: 'C’est confié au 15',
    fields: [note()],
    preset: () => ({ reason: 'emergency_15' }),
  },
  cancel: {
    label: 'Retirer la demande',
    title: 'Retirer la demande',
    description: 'La coordination arrête de chercher.',
    confirm: 'Retirer la demande',
    fields: [
      {
        type: 'choice',
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
      { type: 'day', name: 'gpSeenAt', label: 'Médecin vu le', optional: true },
      { type: 'choice', name: 'readmitted', label: 'De nouveau à l’hôpital', options: yesNo, optional: true },
    ],
    preset: (now) => ({ calledAt: now.toISOString() }),
  },
  'provide-info': {
    label: 'Compléter',
    title: 'Compléter la demande',
    confirm: 'Envoyer à la coordination',
    fields: [{ type: 'text', name: 'note', label: 'Ce qui manquait' }],
  },
})
