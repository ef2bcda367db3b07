import type { Answer } from './card-form.ts'

/** Yes, no, or nothing said: what is not known is never shown as « non ». */
export const answers: readonly { value: Answer; label: string }[] = [
  { value: 'yes', label: 'Oui' },
  { value: 'no', label: 'Non' },
  { value: 'unknown', label: 'Non précisé' },
]
