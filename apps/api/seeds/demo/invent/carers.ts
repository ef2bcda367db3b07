import type { Profession } from '@maillage/contracts/professions'

/** How many places a practitioner has declared: an even number of times over two years, none, or never. */
export type DemoIntake = { state: 'declared'; places: number } | { state: 'full' } | { state: 'unknown' }

/** One line of the demo's directory. Names are drawn, save those of the accounts. */
export interface CarerLine {
  profession: Profession
  specialty?: string
  municipality: string
  intake?: DemoIntake
  homeVisits?: boolean
  languages?: readonly string[]
  sex?: 'female' | 'male'
  /** The account that signs in for this entry: the first part of its e-mail. */
  account?: string
  name?: readonly [string, string]
}

const declared = (places: number): DemoIntake => ({ state: 'declared', places })
const full: DemoIntake = { state: 'full' }
const unknown: DemoIntake = { state: 'unknown' }
const gp = 'SM54'

const generalPractitioners: readonly CarerLine[] = [
  {
    profession: 'physician',
    specialty: gp,
    municipality: '34145',
    intake: declared(9),
    homeVisits: true,
    languages: ['anglais', 'espagnol'],
    sex: 'female',
    account: 'medecin',
    name: ['Maïwenn', 'Castelverd'],
  },
  {
    profession: 'physician',
    specialty: 'SM53',
    municipality: '34151',
    intake: declared(8),
    homeVisits: true,
    languages: ['arabe'],
    sex: 'male',
    account: 'medecin2',
    name: ['Yanis', 'Fontargues'],
  },
  {
    profession: 'physician',
    specialty: gp,
    municipality: '34145',
    intake: declared(6),
    homeVisits: false,
    account: 'cabinet.arenes',
  },
  {
    profession: 'physician',
    specialty: gp,
    municipality: '34145',
    intake: declared(6),
    homeVisits: true,
    languages: ['portugais'],
  },
  {
    profession: 'physician',
    specialty: 'SM26',
    municipality: '34146',
    intake: declared(6),
    homeVisits: true,
    account: 'cabinet.viel',
  },
  { profession: 'physician', specialty: gp, municipality: '34033', intake: declared(5), homeVisits: true },
  { profession: 'physician', specialty: gp, municipality: '34272', intake: declared(5) },
  { profession: 'physician', specialty: 'SM53', municipality: '34246', intake: declared(6), homeVisits: true },
  { profession: 'physician', specialty: gp, municipality: '34145', intake: full, languages: ['anglais'] },
  { profession: 'physician', specialty: 'SM26', municipality: '34145', intake: full, homeVisits: false },
  { profession: 'physician', specialty: gp, municipality: '34151', intake: full, homeVisits: true },
  { profession: 'physician', specialty: gp, municipality: '34145', intake: unknown },
  { profession: 'physician', specialty: gp, municipality: '34340', intake: unknown, homeVisits: true },
  { profession: 'physician', specialty: 'SM53', municipality: '34110', intake: unknown },
  { profession: 'physician', specialty: gp, municipality: '34151', intake: unknown, homeVisits: true },
]

const line = (profession: Profession, municipality: string, over: Partial<CarerLine> = {}): CarerLine => ({
  profession,
  municipality,
  intake: unknown,
  ...over,
})

/** Fifty-six people of twelve professions around Lunel. */
export const lunelCarers: readonly CarerLine[] = [
  ...generalPractitioners,
  line('physician', '34145', { specialty: 'SM04' }),
  line('physician', '34145', { specialty: 'SM40' }),
  line('physician', '34145', { specialty: 'SM15', intake: full }),
  line('physician', '34145', { specialty: 'SM38' }),
  line('physician', '34145', { specialty: 'SM42' }),
  line('physician', '34145', { specialty: 'SM20' }),
  line('nurse', '34145', {
    homeVisits: true,
    account: 'infirmiere',
    sex: 'female',
    name: ['Solenn', 'Lavandrier'],
    languages: ['espagnol'],
  }),
  ...['34145', '34145', '34151', '34146', '34033', '34246', '34272', '34340', '34110', '34294'].map((code) =>
    line('nurse', code, { homeVisits: true }),
  ),
  ...['34145', '34145', '34151', '34146', '34033'].map((code) => line('pharmacist', code)),
  ...['34145', '34145', '34145', '34151', '34246', '34340'].map((code, n) =>
    line('physiotherapist', code, { homeVisits: n % 3 !== 0 }),
  ),
  line('midwife', '34145', { homeVisits: true, languages: ['anglais'] }),
  line('midwife', '34151', { homeVisits: true }),
  line('midwife', '34146'),
  ...['34145', '34145', '34146'].map((code) => line('dentist', code)),
  ...['34145', '34272'].map((code) => line('speech-therapist', code)),
  ...['34145', '34151'].map((code) => line('podiatrist', code, { homeVisits: true })),
  ...['34145', '34033'].map((code) => line('psychologist', code)),
  line('orthoptist', '34145'),
  line('dietitian', '34145'),
  line('social-worker', '34145', { homeVisits: true }),
]

/** A smaller directory for the neighbour. */
export const voisineCarers: readonly CarerLine[] = [
  { profession: 'physician', specialty: gp, municipality: '34079', intake: declared(6), homeVisits: true },
  { profession: 'physician', specialty: 'SM53', municipality: '34142', intake: declared(6) },
  { profession: 'physician', specialty: gp, municipality: '34114', intake: declared(5), homeVisits: true },
  { profession: 'physician', specialty: gp, municipality: '34239', intake: full },
  { profession: 'physician', specialty: gp, municipality: '34079', intake: unknown },
  { profession: 'physician', specialty: 'SM26', municipality: '34010', intake: unknown },
  ...['34079', '34142', '34114', '34194'].map((code) => line('nurse', code, { homeVisits: true })),
  ...['34079', '34142'].map((code) => line('pharmacist', code)),
  ...['34079', '34114', '34142'].map((code) => line('physiotherapist', code, { homeVisits: true })),
  line('midwife', '34079'),
  line('dentist', '34142'),
  line('social-worker', '34079', { homeVisits: true }),
]
