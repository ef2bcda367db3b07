import type { CaseId } from '@maillage/contracts/kit/ids'
import { LinkedGpSearch, UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import type { Ref } from 'vue'
import { type OpenCase, useCase } from '../../kernel/use-case.ts'
import { useHttp } from '../../platform/http.ts'

/** A request, read and moved through the calls that the kernel knows. */
export const useOpenUnscheduledCare = (id: Readonly<Ref<CaseId>>, onChanged: () => void): OpenCase<UnscheduledCare> =>
  useCase('unscheduled-care', UnscheduledCare, id, onChanged)

/** Opens the search for a médecin traitant of a patient who has none, linked to this request. */
export function useLinkedGpSearch(open: OpenCase<UnscheduledCare>): () => Promise<boolean> {
  const http = useHttp()
  return async () => {
    const answer = await open.write((version) => http.post(`${open.path.value}/gp-search`, { version }, LinkedGpSearch))
    return answer !== undefined
  }
}
