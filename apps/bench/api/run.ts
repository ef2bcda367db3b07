import { residentMiB } from '../load/process-cpu.ts'
import { type BatchesOptions, type BatchFigures, measureBatches } from '../measures/batches.ts'
import { measureImports } from '../measures/imports.ts'
import type { VolumeSize } from '../volume/prepare-volume.ts'
import type { ApiRun, VolumeRun } from './api-report.ts'
import type { Curve } from './chart.ts'
import { measureLive } from './live.ts'
import { type Measured, measureReads } from './measure-reads.ts'
import { measureRowSecurity } from './measure-row-security.ts'
import { measureSignIn } from './measure-sign-in.ts'
import { measureWrites } from './measure-writes.ts'
import { raceToAccept } from './races.ts'
import type { ReadOperation } from './reads.ts'
import { soak } from './soak.ts'
import { openStage, type Stage } from './stage.ts'
import { measureStart } from './start.ts'

/** What can be measured of the API, each alone if need be. */
export const apiMeasures = [
  'reads',
  'sign-in',
  'writes',
  'rls',
  'races',
  'live',
  'jobs',
  'imports',
  'soak',
  'start',
] as const
export type ApiMeasure = (typeof apiMeasures)[number]

/** What is measured, how often and how long. */
export interface ApiPlan {
  readonly measures: readonly ApiMeasure[]
  readonly volumes: readonly VolumeSize[]
  readonly rounds: number
  readonly seconds: number
  readonly connections: readonly number[]
  readonly races: number
  readonly streams: number
  readonly starts: number
  readonly soakMinutes: number
  /** Main operations alone. */
  readonly isMainAlone: boolean
  readonly isQuick: boolean
}

export const fullPlan: ApiPlan = {
  measures: apiMeasures,
  volumes: [
    { cases: 100_000, cpts: 1 },
    { cases: 100_000, cpts: 100 },
    { cases: 1_000_000, cpts: 1 },
  ],
  rounds: 3,
  seconds: 4,
  connections: [1, 16, 64],
  races: 1000,
  streams: 1000,
  starts: 5,
  soakMinutes: 0,
  isMainAlone: false,
  isQuick: false,
}

export const quickPlan: ApiPlan = {
  measures: apiMeasures.filter((one) => !['jobs', 'imports'].includes(one)),
  volumes: [{ cases: 100_000, cpts: 1 }],
  rounds: 1,
  seconds: 1,
  connections: [16],
  races: 100,
  streams: 100,
  starts: 1,
  soakMinutes: 0,
  isMainAlone: true,
  isQuick: true,
}

type Say = (words: string) => void
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
const french = (n: number): string => n.toLocaleString('fr-FR')

/** Reads and writes on each volume; races, streams, memory, endurance and start on the first. */
export async function measureApi(plan: ApiPlan, say: Say): Promise<ApiRun> {
  const volumes: VolumeRun[] = []
  let besides: Omit<ApiRun, 'volumes'> = {}
  for (const [index, size] of plan.volumes.entries()) {
    const stage = await openStage(size, say)
    try {
      const measured = await measureOperations(stage, plan, say)
      volumes.push({ volume: `${french(size.cases)} dossiers dans ${size.cpts} CPTS`, measured })
      if (index > 0) continue
      besides = await measureBesides(stage, plan, say)
    } finally {
      await stage.close()
    }
  }
  return { volumes, ...besides }
}

/** Each operation beside the limit, then signing in. */
async function measureOperations(stage: Stage, plan: ApiPlan, say: Say): Promise<Measured[]> {
  const does = (measure: ApiMeasure): boolean => plan.measures.includes(measure)
  const only = plan.isMainAlone ? { only: ({ isMain }: ReadOperation) => isMain === true } : {}
  const connections = plan.isQuick ? [16] : [1, 16]
  return [
    ...(does('reads') ? await measureReads(stage, { ...plan, ...only }, say) : []),
    ...(does('writes') ? await measureWrites(stage, { ...plan, connections, most: 1500 }, say) : []),
    ...(does('sign-in') ? [await measureSignIn(stage, plan)] : []),
  ]
}

/** What is neither a read nor a write alone, on a stage that was under load just now; the product is stopped by it. */
async function measureBesides(stage: Stage, plan: ApiPlan, say: Say): Promise<Omit<ApiRun, 'volumes'>> {
  const does = (measure: ApiMeasure): boolean => plan.measures.includes(measure)
  const besides: Mutable<Omit<ApiRun, 'volumes'>> = {}
  if (does('reads')) besides.afterLoadMiB = residentMiB(stage.product.pid)
  if (does('rls')) {
    say('Règles par ligne…')
    besides.rowSecurity = await measureRowSecurity(stage, plan, say)
  }
  if (does('races')) {
    say('Acceptations simultanées…')
    besides.raced = await raceToAccept(stage, plan.races, 8)
  }
  if (does('live')) {
    say('Flux d’événements…')
    besides.live = await measureLive(stage, plan.streams, plan.isQuick ? 10 : 100)
  }
  const works = [does('jobs') && measureJobs, does('imports') && measureBringingIn].filter((work) => work !== false)
  if (works.length > 0) besides.batches = []
  for (const work of works) besides.batches = [...(besides.batches ?? []), ...(await work(stage, say))]
  if (does('soak') && plan.soakMinutes > 0) besides.soaked = await soak(stage, plan.soakMinutes, say)
  if (!does('start')) return besides
  await stage.product.stop()
  say('Démarrages…')
  besides.started = await measureStart(stage.dataDir, plan.starts)
  return besides
}

async function measureJobs(stage: Stage, say: Say): Promise<BatchFigures[]> {
  say('Tâches de fond…')
  return await measureBatches({ ...besideWorklist(stage), seconds: 480 }, say)
}

/** A national directory, and the longest list that is taken. */
async function measureBringingIn(stage: Stage, say: Say): Promise<BatchFigures[]> {
  say('Imports…')
  const [tenant] = await stage.tenants()
  const { rows } = await stage.client.query<{ name: string }>('select name from cpts where id = $1', [tenant?.cptsId])
  const what = { cpts: rows[0]?.name ?? '', commune: tenant?.commune ?? '', megabytes: 1000, lines: 50_000 }
  // A token lasts ten minutes: a list that takes longer is judged on its part.
  return await measureImports({ ...besideWorklist(stage), ...what, dataDir: stage.dataDir, seconds: 480 }, say)
}

function besideWorklist({ product, postgres, tenants }: Stage): Omit<BatchesOptions, 'seconds'> {
  const token = async (): Promise<string> => {
    const [tenant] = await tenants()
    return tenant?.headers.authorization?.replace('Bearer ', '') ?? ''
  }
  const url = `http://127.0.0.1:${product.port}`
  return { url, token, databaseUrl: postgres.superuserUrl('maillage'), pid: product.pid }
}

const grown = ['file, première page', 'compteurs', 'une recherche et son histoire', 'un nom tapé, 2 à 6 lettres']

/** What the same question costs the database as the cases grow in number: milliseconds of PostgreSQL a request. */
export async function measureGrowth(sizes: readonly number[], say: Say): Promise<Curve[]> {
  const values = new Map<string, number[]>()
  for (const cases of sizes) {
    const stage = await openStage({ cases, cpts: 1 }, say)
    try {
      const isGrown = ({ name }: ReadOperation): boolean => grown.includes(name) || name.startsWith('file, page après')
      const measured = await measureReads(stage, { rounds: 3, seconds: 2, connections: [4], only: isGrown }, say)
      for (const { name, product } of measured) {
        const curve = name.startsWith('file, page après') ? 'page lointaine' : name
        values.set(curve, [...(values.get(curve) ?? []), Math.max(product.postgresMs, 0.01)])
      }
    } finally {
      await stage.close()
    }
  }
  return [...values].map(([name, numbers]) => ({ name, values: numbers }))
}
