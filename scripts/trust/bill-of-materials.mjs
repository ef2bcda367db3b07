import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askPnpm } from './ask-pnpm.mjs'

/** What the product is made of, as pnpm reads it from the lock file and the installed packages: a CycloneDX document. */
export async function billOfMaterials() {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-bill-'))
  const file = join(folder, 'bill.json')
  const asked = ['--sbom-format', 'cyclonedx', '--sbom-spec-version', '1.6', '--sbom-type', 'application']
  try {
    const { code, err, out } = await askPnpm(['sbom', ...asked, '--prod', '--out', file])
    if (code !== 0) throw new Error(`pnpm sbom: ${err || out}`)
    return JSON.parse(readFileSync(file, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `@scope/name`, as it is imported. */
export const nameOf = ({ group, name }) => (group ? `${group}/${name}` : name)
