/** A tab that nobody looks at lets its stream go: browsers open six connections to a server over plain http. */
const hiddenMs = 5000
const tickMs = 5000
/** Timers that came so late slept with the machine. */
const sleptMs = 20_000
/** Nobody at the screen for so long: the stream alone must not keep a session alive. */
const idleMs = 60 * 60_000

const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** When the page can listen, and when it has lost what it listened to. */
export interface Attention {
  awake: (signal: AbortSignal) => Promise<void>
  rest: (ms: number, signal: AbortSignal) => Promise<void>
  whenLost: (giveUp: () => void) => () => void
}

/** The real browser's attention: network, sleep, a tab in the background, a screen left alone. */
export function browserAttention(): Attention {
  let lastSign = Date.now()
  const sign = (): void => {
    lastSign = Date.now()
  }
  for (const name of signsOfLife) window.addEventListener(name, sign, { passive: true, capture: true })
  document.addEventListener('visibilitychange', sign)
  const isAwake = (): boolean => navigator.onLine && !document.hidden && Date.now() - lastSign < idleMs

  return {
    awake: async (signal) => {
      while (!isAwake() && !signal.aborted) await anySign(signal)
    },
    rest: (ms, signal) => firstOf(signal, [[window, 'online']], ms),
    whenLost: (giveUp) => watchLoss(giveUp, () => Date.now() - lastSign >= idleMs),
  }
}

const anySign = (signal: AbortSignal): Promise<void> =>
  firstOf(signal, [
    [window, 'online'],
    [document, 'visibilitychange'],
    ...signsOfLife.map((name): [EventTarget, string] => [window, name]),
  ])

function watchLoss(giveUp: () => void, isIdle: () => boolean): () => void {
  const done = new AbortController()
  let lastTick = Date.now()
  let hiddenSince: number | undefined = document.hidden ? Date.now() : undefined
  const look = (): void => {
    const now = Date.now()
    if (now - lastTick > sleptMs || isIdle()) giveUp()
    lastTick = now
    if (hiddenSince !== undefined && now - hiddenSince >= hiddenMs) giveUp()
  }
  const timer = setInterval(look, tickMs)
  const onVisibility = (): void => {
    look()
    hiddenSince = document.hidden ? Date.now() : undefined
  }
  document.addEventListener('visibilitychange', onVisibility, { signal: done.signal })
  window.addEventListener('offline', giveUp, { signal: done.signal })
  return () => {
    clearInterval(timer)
    done.abort()
  }
}

/** Resolves at the first of these events, after `ms` if given, or when the wait is called off. */
function firstOf(signal: AbortSignal, events: readonly [EventTarget, string][], ms?: number): Promise<void> {
  return new Promise((resolve) => {
    const done = new AbortController()
    const finish = (): void => {
      done.abort()
      clearTimeout(timer)
      resolve()
    }
    const timer = ms === undefined ? undefined : setTimeout(finish, ms)
    for (const [target, name] of events) target.addEventListener(name, finish, { signal: done.signal })
    signal.addEventListener('abort', finish, { signal: done.signal })
    if (signal.aborted) finish()
  })
}
