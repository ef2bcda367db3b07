import { type InjectionKey, inject, onScopeDispose, type Ref, readonly, shallowRef } from 'vue'

const clockKey: InjectionKey<Readonly<Ref<Date>>> = Symbol('clock')
const minute = 60_000

/** One `now` for the whole page, that follows each minute. It also catches up when a sleeping tab is looked at again. */
export function createClock(): { key: typeof clockKey; now: Readonly<Ref<Date>> } {
  const now = shallowRef(new Date())
  const tick = (): void => {
    now.value = new Date()
  }
  let timer: ReturnType<typeof setTimeout>
  const wait = (): void => {
    // On the minute itself, as the clock on the wall: « plus que 12 min » changes when people expect it.
    timer = setTimeout(
      () => {
        tick()
        wait()
      },
      minute - (Date.now() % minute),
    )
  }
  wait()
  const look = (): void => {
    if (!document.hidden) tick()
  }
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }, true)
  return { key: clockKey, now: readonly(now) }
}

/** The page's `now`, to hand to the components of `ui/`. */
export function useNow(): Readonly<Ref<Date>> {
  const now = inject(clockKey)
  if (!now) throw new Error('No clock was provided: App.vue does it')
  return now
}
