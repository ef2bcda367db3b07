import { type FileProblem, fileProblems } from '@maillage/contracts/waiting-list-imports'
import { type ComputedRef, computed, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { useHttp } from '../../platform/http.ts'
import { paths } from '../../platform/paths.ts'
import { useAct } from '../../platform/use-act.ts'
import { waitingListImportApi } from './waiting-list-import.api.ts'
import { fileProblemTexts } from './waiting-list-import.messages.ts'

export interface GiveList {
  busy: Readonly<Ref<boolean>>
  /** Why the file was refused, and what to do. */
  problem: ComputedRef<string | undefined>
  give: (file: File) => Promise<void>
}

const isFileProblem = (code: string | undefined): code is FileProblem => fileProblems.some((one) => one === code)

/** Gives a file, then opens the page where its columns are checked. */
export function useGiveList(): GiveList {
  const api = waitingListImportApi(useHttp())
  const router = useRouter()
  const act = useAct()
  const problem = computed(() => {
    const refused = act.problem.value
    const code = refused?.code === 'too-large' ? 'too-large' : refused?.errors[0]?.code
    return isFileProblem(code) ? fileProblemTexts[code] : act.failure.value?.text
  })
  const give = async (file: File): Promise<void> => {
    const given = await act.run(() => api.give(file))
    if (given) await router.push(paths.listImport(given.id))
  }
  return { busy: act.busy, problem, give }
}
