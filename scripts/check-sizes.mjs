/** A file is read in one go and a folder in one look: 250 lines and 20 files. Functions are measured by Biome. */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { holdsCases, isGenerated, report, sourceFiles } from './source-files.mjs'

const longestFile = 250
const fullestFolder = 20

const sources = sourceFiles(/\.(ts|vue|mjs|cjs|css)$/).filter((path) => !(holdsCases(path) || isGenerated(path)))

const lines = (path) => readFileSync(path, 'utf8').trimEnd().split('\n').length
const longFiles = sources.map((path) => ({ path, size: lines(path) })).filter(({ size }) => size > longestFile)

const filesIn = new Map()
for (const path of sources) filesIn.set(dirname(path), (filesIn.get(dirname(path)) ?? 0) + 1)
const fullFolders = [...filesIn].filter(([, count]) => count > fullestFolder)

report(
  `Files of more than ${longestFile} lines: split by responsibility`,
  longFiles.map(({ path, size }) => `${path}: ${size} lines`),
)
report(
  `Folders of more than ${fullestFolder} files: a second responsibility lives there`,
  fullFolders.map(([path, count]) => `${path}: ${count} files`),
)
