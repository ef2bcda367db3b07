import {
  type ReferenceMunicipality,
  readFormerMunicipalities,
  readMunicipalities,
} from '../../seeds/reference/read-municipalities.ts'
import { type MunicipalityFinder, municipalityFinder } from '../kernel/patients/municipality-finder.ts'

/** The look-up of communes over the reference files: for imports, which ask it millions of times. */
export function referenceMunicipalities(): MunicipalityFinder<ReferenceMunicipality> {
  return municipalityFinder(readMunicipalities(), readFormerMunicipalities())
}
