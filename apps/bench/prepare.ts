import { copyVolume } from './volume/copy-volume.ts'
import { prepareVolume } from './volume/prepare-volume.ts'

/** `prepare.ts 100000 1 [folder]`: makes the volume, or finds it, and copies it where told. */
const [cases = 100_000, cpts = 1] = process.argv.slice(2, 4).map(Number)
const [into] = process.argv.slice(4)
const volume = await prepareVolume({ cases, cpts }, (words) => process.stderr.write(`${words}\n`))
const { dataDir, folder } = into ? await copyVolume(volume, into) : volume
process.stdout.write(`MAILLAGE_DATA_DIR=${dataDir}\nPostgreSQL : ${folder}\n`)
