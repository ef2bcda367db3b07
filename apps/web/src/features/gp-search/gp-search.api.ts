import { GpSearch } from '@maillage/contracts/gp-search'
import type { CaseId } from '@maillage/contracts/kit/ids'
import type { Ref } from 'vue'
import { type OpenCase, useCase } from '../../kernel/use-case.ts'

/** A search, read and moved through the calls that the kernel knows. */
export const useOpenGpSearch = (id: Readonly<Ref<CaseId>>, onChanged: () => void): OpenCase<GpSearch> =>
  useCase('gp-search', GpSearch, id, onChanged)
