import { keepSecret } from './silence/traces.ts'

/** Somebody who does not exist; the phone is of the range kept for fiction. */
export interface InventedPatient {
  readonly birthName: string
  readonly firstName: string
  /** As the native field takes it. */
  readonly birthDate: string
  readonly sex: 'F' | 'M'
  readonly phone: string
  readonly street: string
  /** What is typed to find the commune, and the line to choose. */
  readonly commune: string
}

/** What must stand nowhere on a page that shows a preview. */
export function identityOf(patient: InventedPatient): RegExp[] {
  const { birthName, firstName, street, phone } = patient
  const digits = phone.replace(/\D/g, '').slice(-9)
  const spaced = [...digits].join('\\D{0,2}')
  return [new RegExp(birthName, 'i'), new RegExp(firstName, 'i'), new RegExp(street, 'i'), new RegExp(spaced)]
}

/** The clock of Paris some hours from now, as a native date and time field takes it. */
export function parisClock(hoursAhead: number): string {
  const moment = new Date(Date.now() + hoursAhead * 3_600_000)
  return moment.toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).slice(0, 16).replace(' ', 'T')
}

const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'la', 'me', 'ni', 'ro', 'vu']

/** A family name that no other run gave: somebody alike would be asked about first. It is looked for at the end. */
export function newFamily(beginning: string): string {
  const end = Array.from({ length: 3 }, () => syllables[Math.floor(Math.random() * syllables.length)])
  const second = end.join('')
  const family = `${beginning}-${second.charAt(0).toUpperCase()}${second.slice(1)}`
  keepSecret(family)
  return family
}

/** A health number of nobody, born in June 1944 in a country that is none; looked for at the end. */
export function inventedHealthNumber(): string {
  const digits = `2440699000${String(Math.floor(Math.random() * 1000)).padStart(3, '0')}`
  const number = digits + String(97 - Number(BigInt(digits) % 97n)).padStart(2, '0')
  keepSecret(number)
  return number
}
