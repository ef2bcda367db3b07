import type { GpSearch, GpSearchStatus } from '@maillage/contracts/gp-search'
import { SearchConfirmed } from '@maillage/contracts/revalidation'
import { useToast } from '@nuxt/ui/composables'
import { type ComputedRef, computed } from 'vue'
import type { CaseAct } from '../../kernel/acts/case-acts.ts'
import type { OpenCase } from '../../kernel/use-case.ts'
import { useHttp } from '../../platform/http.ts'
import { useSession } from '../../platform/session.ts'

const waiting: readonly GpSearchStatus[] = ['submitted', 'info_requested', 'eligible', 'on_hold', 'proposing']

/** « Toujours en recherche », said in passing on the phone: the ninety days run anew. The coordination's alone. */
export function useStillSearching(open: OpenCase<GpSearch>): ComputedRef<CaseAct[]> {
  const http = useHttp()
  const session = useSession()
  const toast = useToast()
  const confirm = async ({ id }: GpSearch): Promise<void> => {
    const said = await open.write((version) =>
      http.post(`/gp-searches/${id}/still-searching`, { version }, SearchConfirmed),
    )
    const title = 'Noté\u00A0: la personne cherche toujours, elle sera redemandée dans 90 jours'
    if (said) toast.add({ title, icon: 'i-lucide-check', color: 'success' })
  }
  return computed(() => {
    const search = open.load.data.value
    if (session.role !== 'coordinator' || !search || !waiting.includes(search.status)) return []
    const label = 'Toujours en recherche'
    return [{ key: 'still-searching', label, icon: 'i-lucide-user-check', run: () => void confirm(search) }]
  })
}
