import type { Browser } from 'playwright-core'
import { launchChromium } from './browser.ts'
import { readLoad, readMachine } from './machine.ts'
import { type Filled, fillCases } from './many-cases.ts'
import { type LongDay, liveForLong, writeLongLive } from './measures/long-live.ts'
import { firstProposal } from './measures/proposal.ts'
import { holdKeyDown } from './measures/scroll.ts'
import { repeatVisit } from './measures/visit.ts'
import { emptyCache, warmCache } from './measures/worklist.ts'
import { findProgram, type Program } from './program.ts'
import { type Run, writeReport } from './report.ts'

const cases = 10_000

/** How often and for how long. */
export interface BrowserPace {
  readonly runs: number
  readonly seconds: number
  readonly day: LongDay
}

export const fullPace: BrowserPace = { runs: 5, seconds: 10, day: { seconds: 600, visits: 100 } }
export const quickPace: BrowserPace = { runs: 2, seconds: 4, day: { seconds: 60, visits: 10 } }

type Say = (words: string) => void

async function measure(browser: Browser, program: Program, pace: BrowserPace, say: Say): Promise<Pick<Run, Measured>> {
  const { runs, seconds } = pace
  say('File, cache vide…')
  const empty = await repeatVisit(browser, program, emptyCache, runs)
  say('File, cache chaud…')
  const warm = await repeatVisit(browser, program, warmCache, runs)
  say('Défilement et mémoire…')
  const scroll = await holdKeyDown(browser, program, seconds)
  say('Première visite d’une proposition…')
  const proposal = await repeatVisit(browser, program, firstProposal, runs)
  return { worklist: { empty, warm }, scroll, proposal }
}
type Measured = 'worklist' | 'scroll' | 'proposal'

async function fill({ dataDir }: Program, say: Say): Promise<Filled | undefined> {
  if (dataDir === undefined) return undefined
  say(`${cases} dossiers ouverts…`)
  return await fillCases(dataDir, cases)
}

/** The screens of the built program in a real Chromium; the report as Markdown. */
export async function measureBrowser(pace: BrowserPace, say: Say): Promise<string> {
  const [at, load] = [new Date(), readLoad()]
  const program = await findProgram()
  try {
    const filled = await fill(program, say)
    const browser = await launchChromium()
    try {
      const measured = await measure(browser, program, pace, say)
      say('Une longue journée : changements en direct, puis de dossier en dossier…')
      const day = await liveForLong(browser, program, pace.day)
      const report = writeReport({
        ...measured,
        at,
        machine: readMachine(),
        loads: [load, readLoad()],
        versions: {
          Node: process.versions.node,
          Chromium: browser.version(),
          ...(filled ? { PostgreSQL: filled.version } : {}),
        },
        program: program.ours ? 'construit et démarré pour la mesure' : `déjà démarré, ${program.url}`,
        cases: filled
          ? `${filled.cases} dossiers ouverts ajoutés à la démonstration`
          : 'ceux du programme, rien d’ajouté',
      })
      return `${report}\n${writeLongLive(day)}`
    } finally {
      await browser.close()
    }
  } finally {
    await program.stop()
  }
}
