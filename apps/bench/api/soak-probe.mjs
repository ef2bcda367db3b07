/**
 * Loaded before the program when it is soaked (`--expose-gc`): at SIGUSR2, collects what is unused and writes what is
 * left, as a line of the file that SOAK_FILE names.
 */
import { appendFileSync } from 'node:fs'

process.on('SIGUSR2', () => {
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  const resources = process.getActiveResourcesInfo()
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)
  const sockets = resources.filter((name) => name.startsWith('TCPSocket')).length
  const timers = resources.filter((name) => name === 'Timeout').length
  appendFileSync(
    process.env.SOAK_FILE ?? '',
    `${JSON.stringify({ heapUsed, external, rss, sockets, timers, listeners })}\n`,
  )
})
