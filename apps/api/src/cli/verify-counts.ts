import { findCountDrift, recount } from '../kernel/counting/case-count-drift.store.ts'
import type { Command } from './command.ts'

/** Compares the counters with the cases that they count; with `--reparer`, counts anew what differs. */
export const verifyCounts: Command = {
  name: 'verify-counts',
  summary: 'vérifie les compteurs de dossiers (--reparer : les recompte)',
  async run({ asOwner, say }, args) {
    const drift = await asOwner((tx) => findCountDrift(tx))
    for (const { cptsId, figure, counted, actual } of drift)
      say(`${cptsId} ${figure} : ${counted} compté(s), ${actual} en réalité.`)
    if (drift.length === 0) return say('Compteurs exacts.')
    if (!args.includes('--reparer')) {
      process.exitCode = 1
      return say(`${drift.length} compteur(s) à reprendre : relancez avec --reparer.`)
    }
    await asOwner((tx) => recount(tx))
    say(`${drift.length} compteur(s) repris.`)
  },
}
