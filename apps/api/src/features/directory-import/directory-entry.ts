import type { Profession } from '@maillage/contracts/professions'

export type DirectorySpecialty = { code: string; label: string }

/** Somewhere a person practises, in a commune of the territory. */
export type DirectorySite = {
  siret?: string
  finess?: string
  name?: string
  address?: string
  postalCode?: string
  municipalityCode: string
  /** E.164. */
  phone?: string
  email?: string
  /** TRE_R23: `L` self-employed, `S` employed. */
  practiceMode?: string
  /** TRE_R22: GENR01 care, GENR02 and GENR03 locum, GENR04 no care. A locum cannot be chosen as médecin traitant. */
  activityKind?: string
}

/** A person of the national directory with the activities that fall within the territory. */
export type DirectoryEntry = {
  rpps?: string
  adeli?: string
  /** « Docteur », « Professeur », empty for most professions. */
  title?: string
  sex: 'female' | 'male' | 'unknown'
  lastName: string
  firstName: string
  profession: Profession
  /** Others under the same identifier, rare (a physician who is also a pharmacist). */
  otherProfessions: Profession[]
  specialties: DirectorySpecialty[]
  isGeneralPractitioner: boolean
  sites: DirectorySite[]
}

/** Why a row gave nothing, counted and shown after an import. */
export type SkipCause =
  | 'outside-territory'
  | 'no-place'
  | 'unknown-municipality'
  | 'unknown-identifier-type'
  | 'bad-identifier'
  | 'missing-name'
  | 'unknown-profession'
