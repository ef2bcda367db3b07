import type { CaseHeader, CaseKindName } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { computed, type Ref, type ShallowRef, shallowRef } from 'vue'
import type * as z from 'zod'
import { useNow } from '../platform/clock.ts'
import { useHttp } from '../platform/http.ts'
import { type Act, useAct } from '../platform/use-act.ts'
import { type Load, useLoad } from '../platform/use-load.ts'
import { casePath } from './case-api.ts'
import { type CaseChange, changesBetween } from './case-changes.ts'
import { useLiveRefresh } from './presence/use-live-refresh.ts'

/** What somebody changed while we were writing: our words stay, the case was read anew. */
export interface Conflict {
  changes: CaseChange[]
}

export interface OpenCase<T extends CaseHeader> {
  load: Load<T>
  /** `/gp-searches/:id`. */
  path: Readonly<Ref<string>>
  act: Act
  conflict: Readonly<ShallowRef<Conflict | undefined>>
  /** Sends one transition and takes the answer in place of the case; true when it was done. */
  move: (body: Record<string, unknown>) => Promise<boolean>
  /** Runs any other write on the case, then reads it anew; its answer, or undefined when it was refused. */
  write: <R>(send: (version: number) => Promise<R>) => Promise<R | undefined>
  forget: () => void
}

/** Reads the case anew when it had changed, and keeps what changed in between. */
function useConflict<T extends CaseHeader>(load: Load<T>, act: Act) {
  const now = useNow()
  const conflict = shallowRef<Conflict>()
  const check = async (before: T): Promise<void> => {
    const code = act.problem.value?.code
    if (code !== 'case-changed' && code !== 'wrong-status' && code !== 'version-stale') return
    await load.reload()
    const after = load.data.value
    if (after) conflict.value = { changes: changesBetween(before, after, now.value) }
  }
  return { conflict, check }
}

/** One open case: read by its id, replaced after each act, read anew when somebody else changes it. */
export function useCase<S extends z.ZodType<CaseHeader>>(
  kind: CaseKindName,
  contract: S,
  id: Readonly<Ref<CaseId>>,
  onChanged: () => void,
): OpenCase<z.output<S>> {
  const http = useHttp()
  const act = useAct()
  const path = computed(() => casePath(kind, id.value))
  const load = useLoad((signal) => http.get(path.value, contract, { signal }), id)
  const { conflict, check } = useConflict(load, act)
  useLiveRefresh(load, act, id)

  const attempt = async <R>(send: (version: number) => Promise<R>): Promise<R | undefined> => {
    const before = load.data.value
    if (!before) return undefined
    conflict.value = undefined
    const answer = await act.run(() => send(before.version))
    if (act.failure.value) await check(before)
    return answer
  }
  const move = async (body: Record<string, unknown>): Promise<boolean> => {
    const answer = await attempt((version) => http.post(`${path.value}/moves`, { ...body, version }, contract))
    if (!answer) return false
    load.replace(answer)
    onChanged()
    return true
  }
  const write = async <R>(send: (version: number) => Promise<R>): Promise<R | undefined> => {
    const answer = await attempt(send)
    if (!act.failure.value) {
      await load.reload()
      onChanged()
    }
    return answer
  }
  const forget = (): void => {
    act.forget()
    conflict.value = undefined
  }
  return { load, path, act, conflict, move, write, forget }
}
