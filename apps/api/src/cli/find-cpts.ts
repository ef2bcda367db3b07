import { foldName } from '@maillage/contracts/kit/identifiers'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { cpts } from '../kernel/tables/cpts.table.ts'
import type { Db } from '../platform/db/database.ts'
import { StartRefusal } from '../platform/start-refusal.ts'

type FoundCpts = { id: CptsId; name: string }

/** The CPTS that a command names, by its name or its identifier; the only one there is when it names none. */
export async function findCpts(tx: Db, wanted: string | undefined): Promise<FoundCpts> {
  const all = await tx.select({ id: cpts.id, name: cpts.name }).from(cpts).orderBy(cpts.name)
  const [first] = all
  if (!first) throw new StartRefusal('Aucune CPTS n’existe encore. Créez-la : pnpm maillage create-cpts')
  const found = wanted === undefined ? all : all.filter((one) => isNamed(one, wanted))
  const [only] = found
  if (only && found.length === 1) return only
  if (wanted === undefined) {
    throw new StartRefusal(`Dites laquelle avec --cpts :\n${all.map(({ name }) => `  ${name}`).join('\n')}`)
  }
  if (!only) throw new StartRefusal(`CPTS inconnue : « ${wanted} ». Créez-la : pnpm maillage create-cpts`)
  throw new StartRefusal(`Plusieurs CPTS s’appellent « ${wanted} » : donnez l’identifiant.`)
}

// « CPTS du Pays de Lunel » is also found by « Pays de Lunel ».
const folded = (name: string): string => foldName(name).replace(/^cpts (?:du |de la |de l |des |de |d )?/, '')

function isNamed({ id, name }: FoundCpts, wanted: string): boolean {
  return id === wanted || folded(name) === folded(wanted)
}
