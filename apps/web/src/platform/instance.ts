import { Instance } from '@maillage/contracts/accounts'
import { type InjectionKey, inject, type ShallowRef, shallowRef } from 'vue'
import { createHttp } from './http.ts'

export const instanceKey: InjectionKey<Readonly<ShallowRef<Instance | undefined>>> = Symbol('instance')

/** What the server said of this installation, and after how many minutes without a gesture a screen locks itself. */
export interface AskedInstance {
  readonly instance: Readonly<ShallowRef<Instance | undefined>>
  readonly idleMinutes: Promise<number>
}

/** Where the server does not say: the usual of such software. */
const usualIdleMinutes = 15

/** Asks what this installation is. Without an answer the screens go on as they are in production. */
export function askInstance(fetch: typeof globalThis.fetch): AskedInstance {
  const instance = shallowRef<Instance>()
  const http = createHttp({ fetch, token: () => undefined, renew: async () => false })
  const idleMinutes = http.get('/instance', Instance).then(
    (answer) => {
      instance.value = answer
      return answer.idleLockMinutes
    },
    // The next call will say that the server does not answer; this one only adorns.
    () => usualIdleMinutes,
  )
  return { instance, idleMinutes }
}

/** What this installation is: the demo or not, its version; undefined until the server has said so. */
export function useInstance(): Readonly<ShallowRef<Instance | undefined>> {
  return inject(instanceKey, shallowRef(undefined))
}
