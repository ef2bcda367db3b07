import type { CaseId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import { Practitioner } from '@maillage/contracts/practitioners'
import { LinkedGpSearch, UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import type { Ref } from 'vue'
import type { Choice } from '../../kernel/acts/move-fields.ts'
import { type OpenCase, useCase } from '../../kernel/use-case.ts'
import { useHttp } from '../../platform/http.ts'
import { type Load, useLoad } from '../../platform/use-load.ts'

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

const Physicians = pageOf(Practitioner)

/** The general practitioners to whom what a visit gave may be addressed; read once somebody may tell it. */
export function useGps(isWanted: Readonly<Ref<boolean>>): Load<Choice[]> {
  const http = useHttp()
  return useLoad(async (signal) => {
    if (!isWanted.value) return []
    const query = { profession: 'physician', limit: 200 }
    const { items } = await http.get('/practitioners', Physicians, { query, signal })
    return items
      .filter(({ isGeneralPractitioner }) => isGeneralPractitioner)
      .map(
        ({ id, displayName, municipality }): Choice => ({ value: id, label: `${displayName}, ${municipality.name}` }),
      )
  }, isWanted)
}
