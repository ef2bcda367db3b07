import type { contactChannels, contactResults, NewContactAttempt } from '@maillage/contracts/cases'

export const contactChannelLabels: Record<(typeof contactChannels)[number], string> = {
  phone: 'Téléphone',
  sms: 'SMS',
  email: 'E-mail',
  letter: 'Courrier',
  'in-person': 'De vive voix',
}

export const contactResultLabels: Record<(typeof contactResults)[number], string> = {
  reached: 'A répondu',
  'relative-reached': 'Un proche a répondu',
  'no-answer': 'Pas de réponse',
  voicemail: 'Message laissé',
  'wrong-number': 'Mauvais numéro',
  'refused-call': 'N’a pas voulu parler',
}

export const contactWithLabels: Record<NewContactAttempt['with'], string> = {
  patient: 'Patient',
  relative: 'Proche',
  practitioner: 'Praticien',
  requester: 'Demandeur',
}
