/** Fetches, once the page is drawn and the browser rests, what will be asked for next; a failure waits for the real need. */
export function whenIdle(load: () => Promise<unknown>): void {
  const go = (): void => {
    load().catch(() => undefined)
  }
  // Absent from Safari before 18.
  if ('requestIdleCallback' in window) window.requestIdleCallback(go, { timeout: 3_000 })
  else setTimeout(go, 600)
}
