import type { HealthIdAuthority, NationalHealthId } from '@maillage/contracts/coordination/patient-identity'
import { isHealthNumber, plainHealthNumber } from '@maillage/contracts/kit/health-number'

/** A health number as it is being typed. Never part of a form that a draft keeps: nothing of it stays behind. */
export interface TypedHealthId {
  number: string
  authority: HealthIdAuthority
}

const whole = 15

/** What is wrong with a number, in plain words; undefined when it fits, or when nothing was typed. */
export function healthNumberFault(typed: string): string | undefined {
  const number = plainHealthNumber(typed)
  if (number === '' || isHealthNumber(number)) return undefined
  const missing = whole - number.length
  if (missing > 0)
    return `Un matricule compte ${whole} caractères avec sa clé\u202F; il en manque ${missing}. Relisez-le.`
  if (missing < 0) return `Un matricule compte ${whole} caractères avec sa clé\u202F; il y en a ${-missing} de trop.`
  return 'Ce numéro ne correspond pas à sa clé, les deux derniers chiffres. Relisez-le sur la carte.'
}

/** What is sent, spaces left out; nothing where nothing was typed. */
export function healthIdBody({ number, authority }: TypedHealthId): NationalHealthId | undefined {
  const plain = plainHealthNumber(number)
  return plain === '' ? undefined : { number: plain, authority }
}

/** Figures alone, until the department: Corsica's 2A and 2B need a letter. */
export const keyboardFor = (typed: string): 'numeric' | 'text' =>
  plainHealthNumber(typed).charAt(5) === '2' ? 'text' : 'numeric'
