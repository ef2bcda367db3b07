import { CaseReading } from '@maillage/contracts/coordination/live'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import * as z from 'zod'
import { useHttp } from '../../platform/http.ts'
import { useLive } from '../../platform/live.ts'

const beatMs = 20_000

export interface Reading {
  /** Who else has the case before their eyes. */
  readers: Readonly<ShallowRef<readonly string[]>>
  /** What others did between the last visit and this one. */
  changesSince: Readonly<ShallowRef<number>>
}

/** Says that we read this case as long as it is shown and looked at, and knows who else does. */
export function useReading(id: () => CaseId): Reading {
  const http = useHttp()
  const readers = shallowRef<readonly string[]>([])
  const changesSince = shallowRef(0)
  const path = (of: CaseId): string => `/cases/${of}/reading`

  const say = async (isArrival = false): Promise<void> => {
    if (document.hidden || !navigator.onLine) return
    const of = id()
    // Who reads along only adorns: without an answer the case is read all the same.
    const answer = await http.put(path(of), undefined, CaseReading).catch(() => undefined)
    if (!answer || of !== id()) return
    readers.value = answer.readers.map(({ displayName }) => displayName)
    if (isArrival) changesSince.value = answer.changesSince
  }
  const leave = (of: CaseId): void => void http.delete(path(of), z.unknown()).catch(() => undefined)

  watch(
    id,
    (_of, before) => {
      if (before) leave(before)
      readers.value = []
      changesSince.value = 0
      void say(true)
    },
    { immediate: true },
  )
  useLive((news) => {
    if (news.what === 'reset' || (news.what === 'presence' && news.id === id())) void say()
  })
  const timer = setInterval(() => void say(), beatMs)
  const look = (): void => void say()
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
    leave(id())
  })
  return { readers, changesSince }
}
