import { type InjectionKey, inject, type Ref, readonly, ref } from 'vue'

/** What this needs of the browser: given by main.ts, replaced in tests. */
export interface PwaDeps {
  /** Undefined where the browser has none, or the address is not a safe one. */
  container: Pick<ServiceWorkerContainer, 'register' | 'controller' | 'addEventListener'> | undefined
  /** Runs it once the first screen is there: on a slow network its own files come first. */
  later: (run: () => void) => void
  /** Loads the page anew, under the new version. */
  reload: () => void
}

export interface Installed {
  /** True once a new version lies ready: it waits until somebody says so, nothing changes under their hands. */
  isNewReady: Readonly<Ref<boolean>>
  /** Takes the new version and loads the page anew. */
  takeNew: () => void
}

/**
 * Registers the service worker (`vite-plugins/service-worker.js`) and hears of new versions. Without one, or when the
 * browser refuses, the screens work all the same.
 */
export function installPwa({ container, later, reload }: PwaDeps): Installed {
  const isNewReady = ref(false)
  let waiting: ServiceWorker | null = null
  const announce = (worker: ServiceWorker | null): void => {
    // The first one ever has nothing to replace.
    if (!worker || !container?.controller) return
    waiting = worker
    isNewReady.value = true
  }
  const follow = (registration: ServiceWorkerRegistration): void => {
    announce(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const { installing } = registration
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed') announce(installing)
      })
    })
  }
  later(() => {
    container?.register('/sw.js').then(follow, () => undefined)
  })
  let asked = false
  container?.addEventListener('controllerchange', () => {
    // Only on demand: another tab that took the new version must not take the words typed in this one.
    if (asked) reload()
  })
  const takeNew = (): void => {
    asked = true
    waiting?.postMessage('take-over')
  }
  return { isNewReady: readonly(isNewReady), takeNew }
}

export const pwaKey: InjectionKey<Installed> = Symbol('pwa')

/** The installed application; undefined where none is registered (development). */
export const usePwa = (): Installed | undefined => inject(pwaKey, undefined)
