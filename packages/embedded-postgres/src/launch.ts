import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { LaunchError } from './launch-error.ts'
import { freePort, type Postmaster, spawnPostmaster } from './postmaster.ts'
import { isSomeoneElse, pidFile, probe, readPidFile } from './probe.ts'

/** A server that answers, found alive or just started. */
export interface Launched {
  readonly port: number
  /** Absent when the server was found alive. */
  readonly postmaster?: Postmaster
}

// A crashed server replays its journal before it answers; a large one may take this long.
const patienceMs = 60_000
// Each of these passes by itself: a dying predecessor, or a port taken between our question and PostgreSQL's bind.
const passing = /lock file|still in use|could not bind|could not create any TCP|shared memory block/

/** Finds the folder's live server, or starts one and waits until it answers. `wantedPort` keeps an earlier address. */
export async function launch(cluster: Cluster, wantedPort?: number): Promise<Launched> {
  const deadline = performance.now() + patienceMs
  let words = ''
  while (performance.now() < deadline) {
    const alive = await findAlive(cluster, deadline)
    if (alive !== undefined) return { port: alive }
    const postmaster = spawnPostmaster(cluster, wantedPort ?? (await freePort()))
    if (await answers(cluster, postmaster, deadline)) return { port: postmaster.port, postmaster }
    words = postmaster.lastWords()
    if (!passing.test(words)) break
    await sleep(200)
  }
  throw new LaunchError(`PostgreSQL n’a pas démarré dans ${cluster.folder} : ${words || 'aucune réponse'}`)
}

async function findAlive(cluster: Cluster, deadline: number): Promise<number | undefined> {
  while (performance.now() < deadline) {
    const announced = readPidFile(cluster)
    if (announced === undefined) return undefined
    if (isSomeoneElse(cluster, announced.pid)) {
      rmSync(pidFile(cluster), { force: true })
      return undefined
    }
    const answer = announced.port > 0 ? await probe(cluster, announced.port) : 'absent'
    if (answer === 'ready') return announced.port
    if (answer === 'absent') return undefined
    await sleep(100)
  }
  return undefined
}

async function answers(cluster: Cluster, postmaster: Postmaster, deadline: number): Promise<boolean> {
  while (performance.now() < deadline && !postmaster.ended()) {
    if ((await probe(cluster, postmaster.port)) === 'ready') return true
    await sleep(20)
  }
  return false
}
