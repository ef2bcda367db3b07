/** The password that the tests give to the demo accounts of the throw-away program. */
export const demoPassword = 'parcours-de-bout-en-bout'

/** The demo's people, by the word before the « @ » of their address. */
export const demoPeople = [
  'coordination',
  'coordination2',
  'medecin',
  'medecin2',
  'secretariat',
  'infirmiere',
  'ccas',
  'hopital',
  'admin',
] as const
export type DemoPerson = (typeof demoPeople)[number] | 'voisine'

/** The address under which a person of the demo signs in; `voisine` coordinates the neighbouring CPTS. */
export function emailOf(person: DemoPerson): string {
  return person === 'voisine' ? 'coordination@voisine.maillage.example' : `${person}@demo.maillage.example`
}

/** Where the program of this run answers. */
export function programUrl(): string {
  const url = process.env.MAILLAGE_E2E_URL
  if (!url) throw new Error('The program was not started: global-setup.ts does it')
  return url
}
