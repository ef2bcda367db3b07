import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { writeApiReport } from './api/api-report.ts'
import { drawGrowth } from './api/chart.ts'
import { apiMeasures, fullPlan, measureApi, measureGrowth, quickPlan } from './api/run.ts'
import { fullPace, measureBrowser, quickPace } from './browser-run.ts'
import { readLoad, readMachine } from './machine.ts'
import { root } from './program.ts'

const usage = `pnpm bench [--quick] [--only api|growth|browser] [--measures reads,jobs] [--main] [--cases 100000] [--cpts 1] [--soak 20] [--keep]
  --quick   moins de trois minutes : les opérations principales, un tour
  --only    une partie : api, growth (10 000, 100 000, 1 000 000 de dossiers) ou browser
  --measures  de l’API, une partie : ${apiMeasures.join(', ')}
  --main    de l’API, les opérations principales seules
  --cases, --cpts   un volume au lieu des trois
  --soak    endurance, en minutes
  --keep    garde le dessin de la croissance dans docs/images`

const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    measures: { type: 'string' },
    main: { type: 'boolean', default: false },
    cases: { type: 'string' },
    cpts: { type: 'string', default: '1' },
    soak: { type: 'string', default: '0' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const say = (words: string): void => {
  process.stderr.write(`${words}\n`)
}

async function apiPart(): Promise<string> {
  const [at, load] = [new Date(), readLoad()]
  const { cases, cpts, soak } = asked
  const plan = asked.quick ? quickPlan : fullPlan
  const volumes = cases === undefined ? plan.volumes : [{ cases: Number(cases), cpts: Number(cpts) }]
  const chosen = asked.measures?.split(',')
  const measures = plan.measures.filter((one) => chosen?.includes(one) ?? true)
  const isMainAlone = asked.main || plan.isMainAlone
  const run = await measureApi({ ...plan, volumes, measures, isMainAlone, soakMinutes: Number.parseInt(soak, 10) }, say)
  const { processor, memory, system, commit } = readMachine()
  const head = [
    `# Mesures de l’API, ${at.toISOString()}`,
    '',
    `- Machine : ${processor}, ${memory}, ${system}`,
    `- Charge (1, 5, 15 min) : ${load} au début, ${readLoad()} à la fin`,
    `- Versions : Node ${process.versions.node}`,
    `- Commit : ${commit}`,
    `- Commande : pnpm bench ${process.argv.slice(2).join(' ')}`,
  ]
  return `${head.join('\n')}\n\n${writeApiReport(run)}`
}

async function growthPart(): Promise<string> {
  const sizes = asked.cases === undefined ? [10_000, 100_000, 1_000_000] : asked.cases.split(',').map(Number)
  const curves = await measureGrowth(sizes, say)
  const drawn = drawGrowth('Ce que coûte une question à la base', sizes, curves, 'ms de processeur')
  const folder = path.join(root, asked.keep ? 'docs/images' : 'apps/bench/traces')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'croissance.svg'), drawn)
  const french = (n: number): string => n.toLocaleString('fr-FR', { maximumFractionDigits: 2 })
  return [
    '# Croissance',
    '',
    `Processeur de PostgreSQL pour une requête, en ms. Dessin : ${path.relative(root, path.join(folder, 'croissance.svg'))}`,
    '',
    `| | ${sizes.map((size) => `${french(size)} dossiers`).join(' | ')} |`,
    `|---|${sizes.map(() => '---:').join('|')}|`,
    ...curves.map(({ name, values }) => `| ${[name, ...values.map(french)].join(' | ')} |`),
    '',
  ].join('\n')
}

const parts: Readonly<Record<string, () => Promise<string>>> = {
  api: apiPart,
  growth: growthPart,
  browser: () => measureBrowser(asked.quick ? quickPace : fullPace, say),
}

async function run(): Promise<void> {
  if (asked.help || (asked.only !== undefined && !parts[asked.only])) return say(usage)
  // What is measured is what the sources say now.
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const chosen =
    asked.only === undefined ? Object.keys(parts).filter((name) => !asked.quick || name !== 'growth') : [asked.only]
  const reports: string[] = []
  for (const name of chosen) reports.push((await parts[name]?.()) ?? '')
  const report = reports.join('\n')
  writeFileSync(path.join(root, 'apps/bench/report.md'), report)
  process.stdout.write(report)
}

await run()
