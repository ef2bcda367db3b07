import { Instance } from '@maillage/contracts/accounts'
import { type InjectionKey, inject, type ShallowRef, shallowRef } from 'vue'
import { createHttp } from './http.ts'

export const instanceKey: InjectionKey<Readonly<ShallowRef<Instance | undefined>>> = Symbol('instance')

/** Asks what this installation is. Without an answer the screens go on as they are in production. */
export function askInstance(fetch: typeof globalThis.fetch): Readonly<ShallowRef<Instance | undefined>> {
  const instance = shallowRef<Instance>()
  const http = createHttp({ fetch, token: () => undefined, renew: async () => false })
  http.get('/instance', Instance).then(
    (answer) => {
      instance.value = answer
    },
    // The next call will say that the server does not answer; this one only adorns.
    () => undefined,
  )
  return instance
}

/** What this installation is: the demo or not, its version; undefined until the server has said so. */
export function useInstance(): Readonly<ShallowRef<Instance | undefined>> {
  return inject(instanceKey, shallowRef(undefined))
}
