/** How much is invented: the same volume, at the same instant, gives the same rows to the byte. */
export interface Volume {
  /** Of the three kinds, over all the CPTS. */
  readonly cases: number
  /** 1: one large territory with 2,000 practitioners; more: ordinary ones of 40. */
  readonly cpts: number
  /** What « now » is for the rows: deadlines, ages and openings are counted from it. */
  readonly at: Date
  /** The digest of the password with which every generated account signs in. */
  readonly passwordHash: string
}

/** How many people each CPTS has. Practitioners come by twenties: seven general practitioners, four nurses… */
export interface Staff {
  readonly practitioners: number
  readonly coordinators: number
  readonly practitionerAccounts: number
  readonly wards: number
}

/** A volume in one CPTS has the staff of a very large one. */
export const staffOf = ({ cpts }: Pick<Volume, 'cpts'>): Staff =>
  cpts === 1
    ? { practitioners: 2000, coordinators: 6, practitionerAccounts: 40, wards: 4 }
    : { practitioners: 40, coordinators: 2, practitionerAccounts: 4, wards: 1 }

/** Who may sign in: the `nth` (from 1) of a part in the `cpts`th (from 1) territory. */
export const emailOf = (part: 'coordination' | 'medecin' | 'service', cpts: number, nth: number): string =>
  `${part}-${cpts}-${nth}@volume.example`

/** Numbers stand in the text of the statements: nothing but whole ones may. */
export function checkVolume({ cases, cpts, at }: Volume): void {
  const whole = [cases, cpts, at.getTime()].every((number) => Number.isSafeInteger(number) && number > 0)
  if (!whole || cpts > cases) throw new Error('A volume has whole numbers of cases and of CPTS, a case each at least')
}
