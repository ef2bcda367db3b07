import type { WaitingListField, WaitingListImport } from '@maillage/contracts/waiting-list-imports'
import { type ComputedRef, computed, onScopeDispose, type Ref, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { type Act, useAct } from '../../platform/use-act.ts'
import { type Load, useLoad } from '../../platform/use-load.ts'
import { type WaitingListImportApi, waitingListImportApi } from './waiting-list-import.api.ts'

export interface OpenImport {
  api: WaitingListImportApi
  load: Load<WaitingListImport>
  act: Act
  /** It is being imported, or taken back: the figures move. */
  isMoving: ComputedRef<boolean>
  choose: (index: number, field: WaitingListField | null) => Promise<void>
  readSheet: (sheet: string) => Promise<void>
  start: () => Promise<void>
  undo: () => Promise<boolean>
}

const lookEveryMs = 1000

/** One list: its columns while they are checked, how far it went while it runs, what became of it then. */
export function useImport(id: Readonly<Ref<string>>): OpenImport {
  const api = waitingListImportApi(useHttp())
  const act = useAct()
  const load = useLoad((signal) => api.read(id.value, signal), id)
  const isMoving = computed(() => load.data.value?.status === 'running' || load.data.value?.status === 'undoing')

  let timer: ReturnType<typeof setInterval> | undefined
  watch(isMoving, (moves) => {
    clearInterval(timer)
    if (moves) timer = setInterval(() => void load.reload(), lookEveryMs)
  })
  onScopeDispose(() => clearInterval(timer))

  const replaceBy = async (send: (list: WaitingListImport) => Promise<WaitingListImport>): Promise<boolean> => {
    const list = load.data.value
    if (!list) return false
    const answer = await act.run(() => send(list))
    if (answer) load.replace(answer)
    // Somebody else corrected it: their columns are shown, and the refusal says so.
    else if (act.problem.value) await load.reload()
    return answer !== undefined
  }
  const choose = async (index: number, field: WaitingListField | null): Promise<void> => {
    await replaceBy((list) => {
      const others = list.columns.filter((column) => column.index !== index)
      const choices = [...others, { index, field }].map((column) => ({ index: column.index, field: column.field }))
      return api.map(list.id, { version: list.version, choices })
    })
  }
  const readSheet = async (sheet: string): Promise<void> => {
    await replaceBy((list) => api.map(list.id, { version: list.version, sheet }))
  }
  const start = async (): Promise<void> => {
    await replaceBy((list) => api.start(list))
  }
  const undo = (): Promise<boolean> => replaceBy((list) => api.undo(list))
  return { api, load, act, isMoving, choose, readSheet, start, undo }
}
