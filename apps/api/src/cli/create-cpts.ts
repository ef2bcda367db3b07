import { createCpts as found } from '../features/accounts/create-cpts.ts'
import { ProblemError } from '../platform/problem-error.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import type { Command } from './command.ts'
import { demanded, readOptions } from './read-options.ts'

const usage = 'Usage : pnpm maillage create-cpts --name "CPTS de …" --municipalities 33063,33039'

const options = { name: { type: 'string' }, municipalities: { type: 'string' } } as const

/** Founds a territory with the communes that it covers. */
export const createCpts: Command = {
  name: 'create-cpts',
  summary: 'crée une CPTS et la liste de ses communes (codes INSEE)',
  async run({ asOwner, now, say }, args) {
    const given = readOptions(args, options, usage)
    const name = demanded(given.name, 'name', usage)
    const municipalities = demanded(given.municipalities, 'municipalities', usage)
      .split(/[\s,;]+/)
      .filter((code) => code !== '')
    const id = await asOwner((tx) => found(tx, { name, municipalities }, now())).catch(explain)
    say(`CPTS créée : ${name} (${municipalities.length} communes)`)
    say(`Identifiant : ${id}`)
  },
}

function explain(error: unknown): never {
  if (!(error instanceof ProblemError)) throw error
  const codes = (error.extras.errors ?? []).map(({ detail }) => detail).join(', ')
  throw new StartRefusal(`Communes inconnues : ${codes}. Donnez des codes INSEE (et non postaux).`)
}
