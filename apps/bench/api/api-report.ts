import type { Sample } from '../load/rounds.ts'
import type { BatchFigures } from '../measures/batches.ts'
import type { StreamsFigures } from '../measures/streams.ts'
import type { Measured } from './measure-reads.ts'
import type { RowSecurityCost } from './measure-row-security.ts'
import type { Raced } from './races.ts'
import type { Soaked } from './soak.ts'
import type { Started } from './start.ts'

/** The reads and writes of one volume. */
export interface VolumeRun {
  /** « 100 000 dossiers dans 1 CPTS ». */
  readonly volume: string
  readonly measured: readonly Measured[]
}

/** All that was measured of the API; what was not asked for is absent. */
export interface ApiRun {
  readonly volumes: readonly VolumeRun[]
  readonly rowSecurity?: readonly RowSecurityCost[]
  readonly raced?: Raced
  readonly started?: Started
  readonly afterLoadMiB?: number
  readonly soaked?: readonly Soaked[]
  readonly live?: StreamsFigures
  readonly batches?: readonly BatchFigures[]
}

const whole = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const tenth = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

const cpuOf = ({ serverMs, postgresMs }: Sample): number => serverMs + postgresMs
const cpu = (sample: Sample): string => `${fine.format(sample.serverMs)} + ${fine.format(sample.postgresMs)}`
const latency = ({ p50, p99 }: Sample): string => `${tenth.format(p50)} / ${tenth.format(p99)}`

/** The measures of the API as Markdown, in French. */
export function writeApiReport(run: ApiRun): string {
  const sections = [
    ...run.volumes.map(volumeSection),
    run.rowSecurity && rowSecuritySection(run.rowSecurity),
    run.raced && racedSection(run.raced),
    run.started && startedSection(run.started, run.afterLoadMiB),
    run.live && liveSection(run.live),
    run.batches && batchesSection(run.batches),
    run.soaked && soakedSection(run.soaked),
  ]
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`
}

const intro =
  'Réponses par seconde du produit et de la limite (Fastify et pg nus, mêmes octets), tours alternés, médiane. ' +
  'Processeur d’une requête : serveur + PostgreSQL, en ms. La limitation de débit est relevée pour la mesure.'

function volumeSection({ volume, measured }: VolumeRun): string {
  const rows = measured.map(({ name, connections, product, limit }) => {
    const compared = limit
      ? [
          whole.format(limit.perSecond),
          `**${whole.format((100 * product.perSecond) / limit.perSecond)} %**`,
          latency(product),
          latency(limit),
          cpu(product),
          cpu(limit),
          `**${fine.format(cpuOf(product) / cpuOf(limit))}**`,
        ]
      : ['–', '–', latency(product), '–', cpu(product), '–', '–']
    return `| ${[name, connections, whole.format(product.perSecond), ...compared].join(' | ')} |`
  })
  return [
    `## ${volume}`,
    '',
    intro,
    '',
    '| | connexions | produit /s | limite /s | part | produit p50 / p99 ms | limite p50 / p99 ms | produit, processeur | limite, processeur | rapport |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n')
}

function rowSecuritySection(costs: readonly RowSecurityCost[]): string {
  const rows = costs.map(({ name, enforced, bypassed }) => {
    const ratios = [cpuOf(enforced) / cpuOf(bypassed), enforced.p50 / bypassed.p50]
    return `| ${[name, cpu(enforced), cpu(bypassed), ...ratios.map((ratio) => `**${fine.format(ratio)}**`)].join(' | ')} |`
  })
  return [
    '## Ce que coûtent les règles par ligne',
    '',
    'Le produit, avec ses règles puis sans, tours alternés, médiane : processeur d’une requête (serveur + PostgreSQL, ms), puis rapports du processeur et de la médiane des réponses. La cible est 1,10.',
    '',
    '| | avec | sans | processeur, rapport | p50, rapport |',
    '|---|---:|---:|---:|---:|',
    ...rows,
  ].join('\n')
}

function racedSection(raced: Raced): string {
  return [
    '## Accepter à plusieurs au même instant',
    '',
    `${whole.format(raced.cases)} dossiers, ${raced.clients} praticiens chacun, tous acceptent à la fois.`,
    '',
    `- Une seule acceptation : ${whole.format(raced.acceptedOnce)} dossiers ; plusieurs : ${raced.acceptedMore} ; aucune : ${raced.acceptedNever}`,
    `- Refus pour conflit (409) : ${whole.format(raced.conflicts)} ; autres réponses : ${raced.otherStatuses}`,
    `- Dossier, propositions, participants ou historique qui se contredisent : ${raced.disagreements}`,
    `- Compteurs qui ne disent pas ce que disent les lignes : ${raced.counterDrift}`,
  ].join('\n')
}

function startedSection({ aloneMs, withPostgresMs, restMiB }: Started, afterLoadMiB: number | undefined): string {
  return [
    '## Démarrage et mémoire',
    '',
    'Du lancement à la première page de la file, schéma à jour.',
    '',
    `- PostgreSQL déjà démarré : ${whole.format(aloneMs)} ms ; démarré avec : ${whole.format(withPostgresMs)} ms`,
    `- Mémoire résidente au repos : ${whole.format(restMiB)} Mio${afterLoadMiB === undefined ? '' : ` ; après la charge : ${whole.format(afterLoadMiB)} Mio`}`,
  ].join('\n')
}

function liveSection({ streams, reached, last, missing, asked, rss }: StreamsFigures): string {
  const pages =
    asked &&
    `- Page de la file pendant ce temps : p99 ${tenth.format(asked.meanwhile.p99)} ms, contre ${tenth.format(asked.alone.p99)} ms sans flux`
  const memory =
    rss &&
    `- Mémoire : ${whole.format(rss.before)} Mio, flux ouverts ${whole.format(rss.open)} Mio, après ${whole.format(rss.after)} Mio`
  return [
    `## ${whole.format(streams)} flux d’événements`,
    '',
    `- De la réponse du changement à l’octet reçu : p50 ${tenth.format(reached.p50)} ms, p99 ${tenth.format(reached.p99)} ms ; dernier flux p50 ${tenth.format(last.p50)} ms`,
    `- Événements perdus : ${missing}`,
    ...[pages, memory].filter((line) => line !== undefined),
  ].join('\n')
}

function batchesSection(batches: readonly BatchFigures[]): string {
  return [
    '## Longs travaux, pendant que l’on travaille',
    '',
    'Une page de la file, demandée sans cesse par quatre personnes, avant puis pendant chacun ; la mémoire est celle du processus qui travaille.',
    '',
    '| travail | seule : p50 / p99 ms | pendant : p50 / p99 ms | p99, rapport | durée s | lignes /s | mémoire au plus, Mio |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...batches.map(({ job, alone, meanwhile, ratio, seconds, isOver, perSecond, peakRss }) => {
      const pages = [alone, meanwhile].map(({ p50, p99 }) => `${tenth.format(p50)} / ${tenth.format(p99)}`)
      const took = `${isOver ? '' : 'plus de '}${tenth.format(seconds)}`
      const rest = [perSecond, peakRss].map((value) => (value === undefined ? '–' : whole.format(value)))
      return `| ${[job, ...pages, fine.format(ratio), took, ...rest].join(' | ')} |`
    }),
  ].join('\n')
}

function soakedSection(soaked: readonly Soaked[]): string {
  const every = Math.max(1, Math.floor(soaked.length / 10))
  const rows = soaked.filter((_, index) => index % every === every - 1 || index === 0)
  return [
    '## Endurance',
    '',
    'Chaque minute, lectures et écritures mêlées, puis ramassage. Mio, sauf les comptes.',
    '',
    '| minute | tas | hors du tas | résident | prises | minuteries | écouteurs | connexions à la base | la plus grosse |',
    '|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows.map(
      (one) =>
        `| ${[one.minute, tenth.format(one.heap), tenth.format(one.external), whole.format(one.resident), one.sockets, one.timers, one.listeners, one.backends, tenth.format(one.largestBackend)].join(' | ')} |`,
    ),
  ].join('\n')
}
