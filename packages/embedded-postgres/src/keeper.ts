import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { launch } from './launch.ts'
import { type Lease, takeLease } from './lease.ts'
import { type Postmaster, stopPostmaster } from './postmaster.ts'

// Between two attempts at bringing back a server that was killed.
const pauseMs = 1000

/** Keeps one server alive for as long as the program wants it: brings it back when it is killed, stops it in order. */
export class Keeper {
  readonly #cluster: Cluster
  readonly #log: (message: string) => void
  readonly #stopping = new AbortController()
  #postmaster: Postmaster | undefined
  #lease: Lease | undefined
  #recovery: Promise<void> | undefined
  #stopped: Promise<void> | undefined

  constructor(cluster: Cluster, log: (message: string) => void) {
    this.#cluster = cluster
    this.#log = log
  }

  async start(): Promise<{ port: number; reused: boolean }> {
    const { port, reused } = await this.#join()
    this.#log(reused ? `PostgreSQL tournait déjà (port ${port}).` : `PostgreSQL démarré (port ${port}).`)
    return { port, reused }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #join(wantedPort?: number): Promise<{ port: number; reused: boolean }> {
    for (let attempt = 1; ; attempt += 1) {
      const { port, postmaster } = await launch(this.#cluster, wantedPort)
      if (postmaster) this.#postmaster = postmaster
      try {
        this.#lease = await takeLease(this.#cluster, port, () => this.#onLost(port))
        return { port, reused: postmaster === undefined }
      } catch (error) {
        // The server found alive was being stopped by its last user: the next attempt starts a new one.
        if (attempt === 5) throw error
        await sleep(200)
      }
    }
  }

  #onLost(port: number): void {
    if (this.#stopping.signal.aborted) return
    this.#log('PostgreSQL s’est arrêté sans qu’on le lui demande ; redémarrage.')
    this.#recovery = this.#recover(port)
  }

  /** Comes back on the same port, so that the addresses already handed out stay right. */
  async #recover(port: number): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#join(port)
        this.#log('PostgreSQL répond de nouveau.')
        return
      } catch (error) {
        this.#log(error instanceof Error ? error.message : String(error))
        await sleep(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      }
    }
  }

  async #stop(): Promise<void> {
    this.#stopping.abort()
    await this.#recovery
    const last = (await this.#lease?.release()) ?? true
    this.#postmaster?.letGo()
    if (last) await stopPostmaster(this.#cluster)
    await this.#lease?.hangUp()
  }
}
