import type { CaseHeader } from '@maillage/contracts/cases'
import type { Patient } from '@maillage/contracts/patients'
import { useHttp } from '../platform/http.ts'
import { type Load, useLoad } from '../platform/use-load.ts'
import { caseApi } from './case-api.ts'

/** The file of the case's patient: phones, address, who to call. Undefined where the caller may not read who it is. */
export function usePatientFile(header: () => CaseHeader): Load<Patient | undefined> {
  const api = caseApi(useHttp())
  return useLoad(
    async (signal) => {
      const id = header().patient?.id
      return id && (await api.patient(id, signal))
    },
    () => header().patient?.id,
  )
}
