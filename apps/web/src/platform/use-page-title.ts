import { type MaybeRefOrGetter, toValue, watchEffect } from 'vue'

/** « MT-2026-0042, Maillage ». A reference or a place, never a name: titles stay in the browser's history. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  watchEffect(() => {
    const words = toValue(title)
    document.title = words ? `${words}, Maillage` : 'Maillage'
  })
}
