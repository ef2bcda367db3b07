import { type InjectionKey, inject, type Ref, readonly, shallowRef } from 'vue'
import type { Router } from 'vue-router'

const recentKey: InjectionKey<Readonly<Ref<readonly string[]>>> = Symbol('recent cases')
const kept = 6

/** The reference that an address shows, whether on its own page or beside a list. */
export function referenceIn(to: { path: string; query: Record<string, unknown> }): string | undefined {
  const onPage = /\/([A-Z]{2,4}-\d{4}-\d{4,})$/.exec(to.path)?.[1]
  if (onPage) return onPage
  const beside = to.query.dossier
  return typeof beside === 'string' && /^[A-Z]{2,4}-\d{4}-\d{4,}$/.test(beside) ? beside : undefined
}

/** Follows which cases were read, newest first: references alone, in memory alone, gone with the page. */
export function followRecentCases(router: Router): { key: typeof recentKey; recent: Readonly<Ref<readonly string[]>> } {
  const recent = shallowRef<readonly string[]>([])
  router.afterEach((to, _from, failure) => {
    const reference = failure ? undefined : referenceIn(to)
    if (reference) recent.value = [reference, ...recent.value.filter((one) => one !== reference)].slice(0, kept)
  })
  return { key: recentKey, recent: readonly(recent) }
}

/** The cases read lately, for the palette. */
export function useRecentCases(): Readonly<Ref<readonly string[]>> {
  const recent = inject(recentKey)
  if (!recent) throw new Error('Nobody follows the cases read: AppShell does it')
  return recent
}
