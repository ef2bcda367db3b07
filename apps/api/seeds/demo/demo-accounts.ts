const domain = 'demo.maillage.example'

/** The accounts that the sign-in page of a demo offers: the same at each seeding, for journeys and benches. */
export const demoAccounts = [
  { email: `coordination@${domain}`, label: 'Coordination du Pays de Lunel' },
  { email: `coordination2@${domain}`, label: 'Coordination du Pays de Lunel, une collègue' },
  { email: `medecin@${domain}`, label: 'Médecin généraliste à Lunel' },
  { email: `secretariat@${domain}`, label: 'Secrétariat du médecin de Lunel' },
  { email: `medecin2@${domain}`, label: 'Médecin généraliste à Marsillargues' },
  { email: `infirmiere@${domain}`, label: 'Infirmière libérale à Lunel' },
  { email: `ccas@${domain}`, label: 'CCAS de Lunel' },
  { email: `hopital@${domain}`, label: 'CH du Vidourle, orthopédie' },
  { email: `admin@${domain}`, label: 'Administration de la CPTS' },
  { email: 'coordination@voisine.maillage.example', label: 'Coordination du Cœur d’Hérault' },
] as const

/** The e-mail of the account that signs in for a directory entry. */
export const emailOf = (account: string): string => `${account}@${domain}`
