import './platform/zod-setup.ts'
import './style.css'
import ui from '@nuxt/ui/vue-plugin'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { installPwa, pwaKey } from './platform/browser/pwa.ts'
import { guardMarkup } from './platform/browser/trusted-types.ts'
import { createHttp, httpKey } from './platform/http.ts'
import { askInstance, instanceKey } from './platform/instance.ts'
import { createKeptAnswers } from './platform/kept-answers.ts'
import { liveKey, startLive } from './platform/live.ts'
import { startIdleLock } from './platform/session/idle-lock.ts'
import { lockMarkOf } from './platform/session/lock-mark.ts'
import { browserSession, sessionDepsKey } from './platform/session/session-browser.ts'
import { useSession } from './platform/session.ts'
import { createAppRouter } from './router.ts'

guardMarkup(window)
const app = createApp(App)

// Another tab signed out or changed role: this one loads anew and shows what is still allowed.
const browser = browserSession((message) => {
  if (message === 'locked' || message === 'unlocked') void session.follow(message)
  else window.location.assign('/')
})
const { instance, idleMinutes } = askInstance(browser.fetch)
app.provide(instanceKey, instance)
const hasProviders = (): boolean => (instance.value?.signInProviders.length ?? 0) > 0
app.provide(sessionDepsKey, { ...browser, hasProviders, lockMark: lockMarkOf(idleMinutes) })
app.use(createPinia())

const session = app.runWithContext(() => useSession())
startIdleLock(session, idleMinutes)
const kept = createKeptAnswers()
app.provide(
  httpKey,
  createHttp({ fetch: browser.fetch, token: () => session.accessToken, renew: () => session.renew(), kept }),
)
const live = startLive(session, browser.fetch)
// Told of a change, one reads: another process of the server may not have heard of it yet.
live.listen(({ what }) => {
  if (what !== 'presence') kept.forget()
})
app.provide(liveKey, live)
app.use(createAppRouter(session))
app.use(ui)
if (import.meta.env.PROD) {
  const container = window.isSecureContext ? navigator.serviceWorker : undefined
  const later = (run: () => void): void => {
    setTimeout(run, 5_000)
  }
  app.provide(pwaKey, installPwa({ container, later, reload: () => window.location.reload() }))
}
app.mount('#app')
