import * as z from 'zod'

/** The professions that a need, a proposal or a directory entry may name. French labels are reference data. */
export const professionCodes = [
  'physician',
  'nurse',
  'pharmacist',
  'physiotherapist',
  'midwife',
  'dentist',
  'speech-therapist',
  'podiatrist',
  'orthoptist',
  'psychologist',
  'psychotherapist',
  'occupational-therapist',
  'psychomotor-therapist',
  'dietitian',
  'social-worker',
  'care-assistant',
  'childcare-assistant',
  'dental-assistant',
  'pharmacy-technician',
  'laboratory-technician',
  'radiographer',
  'medical-physicist',
  'ambulance-driver',
  'optician',
  'hearing-care-professional',
  'orthotist-prosthetist',
  'osteopath',
  'chiropractor',
] as const

export const Profession = z.enum(professionCodes)
export type Profession = z.infer<typeof Profession>

/**
 * Codes of the national table TRE_G15-ProfessionSante, and the roles outside it that the same column may carry
 * (41, 71, 72, 73, 93). Code 99, a person known by a role alone, has no profession and is left out on purpose.
 */
const professionByTreG15Code: ReadonlyMap<string, Profession> = new Map<string, Profession>([
  ['10', 'physician'],
  ['21', 'pharmacist'],
  ['26', 'hearing-care-professional'],
  ['28', 'optician'],
  ['31', 'dental-assistant'],
  ['32', 'medical-physicist'],
  ['35', 'care-assistant'],
  ['36', 'ambulance-driver'],
  ['37', 'childcare-assistant'],
  ['38', 'pharmacy-technician'],
  ['39', 'pharmacy-technician'],
  ['40', 'dentist'],
  ['41', 'social-worker'],
  ['50', 'midwife'],
  ['60', 'nurse'],
  ['69', 'nurse'],
  ['70', 'physiotherapist'],
  ['71', 'osteopath'],
  ['72', 'psychotherapist'],
  ['73', 'chiropractor'],
  ['80', 'podiatrist'],
  ['81', 'orthotist-prosthetist'],
  ['82', 'orthotist-prosthetist'],
  ['83', 'orthotist-prosthetist'],
  ['84', 'orthotist-prosthetist'],
  ['85', 'orthotist-prosthetist'],
  ['86', 'laboratory-technician'],
  ['91', 'speech-therapist'],
  ['92', 'orthoptist'],
  ['93', 'psychologist'],
  ['94', 'occupational-therapist'],
  ['95', 'dietitian'],
  ['96', 'psychomotor-therapist'],
  ['98', 'radiographer'],
])

/** Our profession for a national code; undefined when the code is unknown or carries no profession. */
export function professionOf(treG15Code: string): Profession | undefined {
  return professionByTreG15Code.get(treG15Code.trim())
}

/** The national codes that lead to this profession, for what has to be said in the national nomenclature. */
export function treG15CodesOf(profession: Profession): readonly string[] {
  return [...professionByTreG15Code].filter(([, ours]) => ours === profession).map(([code]) => code)
}

// Three ordinal qualifications make a general practitioner: SM26 qualified, SM53 specialist, SM54 general medicine.
// Counting SM54 alone would hide most of those who can become a médecin traitant.
const generalPracticeCodes: ReadonlySet<string> = new Set(['SM26', 'SM53', 'SM54'])

/** True for each of the TRE_R38 codes under which a physician practises general medicine. */
export function isGeneralPractitionerSpecialty(code: string): boolean {
  return generalPracticeCodes.has(code.trim().toUpperCase())
}
