import path from 'node:path'
import { countServing, rewrapAll } from '../platform/crypto/wrapped-columns.ts'
import { readKeyFile, readMasterKey } from '../platform/session/master-key.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import type { Command } from './command.ts'
import { demanded, readOptions } from './read-options.ts'

const usage = 'Usage : pnpm maillage rotate-master-key --new-file <fichier de la nouvelle clé> [--en-service]'

/** Wraps what the master key protects under another one: all of it in one transaction, or nothing. */
export const rotateMasterKey: Command = {
  name: 'rotate-master-key',
  summary: 'remplace la clé maîtresse par celle d’un autre fichier (--new-file)',
  async run({ config, asOwner, say }, args) {
    const known = { 'new-file': { type: 'string' }, 'en-service': { type: 'boolean' } } as const
    const given = readOptions(args, known, usage)
    const file = demanded(given['new-file'], 'new-file', usage)
    const to = readKeyFile('--new-file', file, config.isProduction)
    const from = readMasterKey({ file: config.masterKeyFile, ...config })
    if (from.equals(to)) throw new StartRefusal('--new-file : c’est la clé actuelle. Tirez-en une autre.')
    const count = await asOwner(async (tx) => {
      const serving = await countServing(tx)
      if (serving > 0 && !given['en-service']) throw new StartRefusal(stillServing(serving))
      return rewrapAll(tx, from, to)
    })
    const place = config.masterKeyFile ? 'MASTER_KEY_FILE' : path.join(config.dataDir, 'master.key')
    say(`${count} clé(s) et secret(s) sont maintenant sous la nouvelle clé maîtresse.`)
    say(`Mettez le nouveau fichier à la place de l’ancien (${place}), puis démarrez Maillage.`)
    say('Gardez l’ancien avec les sauvegardes d’avant ce changement : elles ne s’ouvrent qu’avec lui.')
  },
}

const stillServing = (connections: number): string =>
  [
    `Maillage sert encore (${connections} connexion(s)) : ce qu’il chiffrerait avec l’ancienne clé serait perdu.`,
    'Arrêtez-le, relancez cette commande, puis démarrez-le avec le nouveau fichier.',
    'Avec --en-service, le changement se fait quand même : redémarrez alors aussitôt.',
  ].join('\n')
