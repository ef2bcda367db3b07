import { sealedIdentities } from '../kernel/patients/reseal-identities.store.ts'
import { rotateDataKey as rotate } from '../platform/crypto/rotate-data-key.ts'
import { demandMasterKey } from '../platform/crypto/wrapped-columns.ts'
import { readMasterKey } from '../platform/session/master-key.ts'
import type { Command } from './command.ts'
import { readOptions } from './read-options.ts'

const usage = 'Usage : pnpm maillage rotate-data-key'

/** Changes the key of health numbers while Maillage serves; started again after a cut, it goes on. */
export const rotateDataKey: Command = {
  name: 'rotate-data-key',
  summary: 'change la clé des matricules INS, Maillage en service (reprend si elle fut coupée)',
  async run({ config, db, asOwner, now, say }, args) {
    readOptions(args, {}, usage)
    const masterKey = readMasterKey({ file: config.masterKeyFile, ...config })
    await demandMasterKey(db, masterKey)
    await rotate({ masterKey, now, asOwner, say }, [sealedIdentities])
  },
}
