import type { NewNeed } from '@maillage/contracts/discharge-needs'
import { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { CaseId, NeedId } from '@maillage/contracts/kit/ids'
import type { Ref } from 'vue'
import { type OpenCase, useCase } from '../../kernel/use-case.ts'
import { useHttp } from '../../platform/http.ts'

/** A discharge, read and moved through the calls that the kernel knows. */
export const useOpenHospitalDischarge = (
  id: Readonly<Ref<CaseId>>,
  onChanged: () => void,
): OpenCase<HospitalDischarge> => useCase('hospital-discharge', HospitalDischarge, id, onChanged)

export interface DischargeCalls {
  /** One transition of a need; the whole discharge comes back, whose status follows its needs. */
  moveNeed: (needId: NeedId, body: Record<string, unknown>) => Promise<boolean>
  /** Adds a need, or replaces what one asks for. */
  saveNeed: (needId: NeedId | undefined, need: NewNeed) => Promise<boolean>
}

/** The writes of a discharge that are no move of its own machine. */
export function useDischargeCalls(open: OpenCase<HospitalDischarge>): DischargeCalls {
  const http = useHttp()
  const post = async (path: string, body: Record<string, unknown>): Promise<boolean> => {
    const answer = await open.write((version) =>
      http.post(`${open.path.value}${path}`, { ...body, version }, HospitalDischarge),
    )
    return answer !== undefined
  }
  return {
    moveNeed: (needId, body) => post(`/needs/${needId}/moves`, body),
    saveNeed: async (needId, need) => {
      if (needId === undefined) return post('/needs', { need })
      const answer = await open.write((version) =>
        http.put(`${open.path.value}/needs/${needId}`, { need, version }, HospitalDischarge),
      )
      return answer !== undefined
    },
  }
}
