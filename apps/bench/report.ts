import type { Machine } from './machine.ts'
import type { HeldDown, Memory } from './measures/scroll.ts'
import type { Seen } from './measures/visit.ts'
import { median, percentile } from './statistics.ts'

/** Everything that one run measured. */
export interface Run {
  readonly at: Date
  readonly machine: Machine
  readonly loads: readonly string[]
  readonly versions: Readonly<Record<string, string>>
  /** What was measured: our own program, or one that ran already. */
  readonly program: string
  readonly cases: string
  readonly worklist: { readonly empty: readonly Seen[]; readonly warm: readonly Seen[] }
  readonly scroll: HeldDown
  readonly proposal: readonly Seen[]
}

const whole = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const ms = (value: number): string => (Number.isNaN(value) ? '–' : `${whole.format(value)} ms`)

const spread = (numbers: readonly number[]): string =>
  `${ms(median(numbers))} (${whole.format(Math.min(...numbers))} à ${whole.format(Math.max(...numbers))})`

/** The run as Markdown, in French. */
export function writeReport(run: Run): string {
  return `${[heading(run), visits(run), scroll(run.scroll), memory(run.scroll), traces].join('\n\n')}\n`
}

function heading({ at, machine, loads, versions, program, cases }: Run): string {
  const facts = {
    Machine: `${machine.processor}, ${machine.memory}, ${machine.system}`,
    'Charge (1, 5, 15 min)': loads.join(' au début, ').concat(' à la fin'),
    Versions: Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    Commit: machine.commit,
    Programme: program,
    Dossiers: cases,
  }
  const lines = Object.entries(facts).map(([name, value]) => `- ${name} : ${value}`)
  return [`# Mesures du navigateur, ${at.toISOString()}`, '', ...lines].join('\n')
}

function visits({ worklist, proposal }: Run): string {
  const title = '## Ouvrir un écran'
  const note =
    'Médiane (plus petite à plus grande valeur), depuis la navigation. File : processeur ralenti 4 fois, réseau de la machine. ' +
    'Proposition : 360 × 740, processeur ralenti 4 fois, 400 kbit/s, 400 ms, session ouverte, rien en cache.'
  const columns = {
    'file, cache vide': worklist.empty,
    'file, cache chaud': worklist.warm,
    'proposition, 1ʳᵉ visite': proposal,
  }
  const row = (name: string, tell: (seen: readonly Seen[]) => string): string =>
    `| ${[name, ...Object.values(columns).map(tell)].join(' | ')} |`
  const time = (name: string, field: (seen: Seen) => number): string => row(name, (seen) => spread(seen.map(field)))
  return [
    title,
    '',
    note,
    '',
    `| | ${Object.keys(columns).join(' | ')} |`,
    `|---|${Object.keys(columns)
      .map(() => '---:')
      .join('|')}|`,
    row('essais', (seen) => String(seen.length)),
    time('**plus grand affichage (LCP)**', ({ largest }) => largest),
    time('**utilisable** (première ligne, « Accepter »)', ({ usable }) => usable),
    time('premier affichage (FCP)', ({ first }) => first),
    time('dernière réponse attendue de l’API', ({ answered }) => answered),
    time('blocage (tâches > 50 ms)', ({ blocked }) => blocked),
    row('requêtes', (seen) => whole.format(median(seen.map(({ requests }) => requests)))),
    row('reçu', (seen) => `${whole.format(median(seen.map(({ kilobytes }) => kilobytes)))} ko`),
    row('élément du LCP', (seen) => [...new Set(seen.map(({ element }) => `\`${element}\``))].join(', ')),
  ].join('\n')
}

function scroll({ frames, longTasks, blankFrames, blankRows, row, presses }: HeldDown): string {
  const long = longTasks.length === 0 ? 'aucune' : `${longTasks.length}, la plus longue ${ms(Math.max(...longTasks))}`
  return [
    '## Défiler, touche « ↓ » enfoncée',
    '',
    'Processeur à sa vitesse ; la touche se répète toutes les 33 ms.',
    '',
    `- Lignes parcourues : ${row} pour ${presses} appuis`,
    `- Images : ${frames.length}, intervalle p50 ${ms(percentile(frames, 0.5))}, p95 ${ms(percentile(frames, 0.95))}, pire ${ms(percentile(frames, 1))}`,
    `- Tâches de plus de 50 ms : ${long}`,
    `- Lignes vides : ${blankRows === 0 ? 'aucune' : `dans ${blankFrames} images, jusqu’à ${blankRows} à la fois`}`,
  ].join('\n')
}

function memory({ before, after }: HeldDown): string {
  const line = (name: string, { megabytes, nodes, listeners }: Memory): string =>
    `| ${name} | ${fine.format(megabytes)} Mo | ${whole.format(nodes)} | ${whole.format(listeners)} |`
  return [
    '## Mémoire de la file, après ramassage',
    '',
    '| | tas JavaScript | nœuds | écouteurs |',
    '|---|---:|---:|---:|',
    line('avant de défiler', before),
    line('après', after),
  ].join('\n')
}

const traces =
  'Traces (`apps/bench/traces`, un essai de plus, non compté) : à ouvrir dans le panneau Performance de Chromium.'
