/** Writes the bill of materials of this version beside the built product: `dist/maillage.cdx.json`, or where it is told. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { billOfMaterials } from './trust/bill-of-materials.mjs'

const file = process.argv[2] ?? 'dist/maillage.cdx.json'
const bill = await billOfMaterials()
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`)
console.log(`${file}: ${bill.components.length} packages`)
