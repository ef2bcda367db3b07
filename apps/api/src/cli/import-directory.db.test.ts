import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMunicipalities } from '../../seeds/reference/read-municipalities.ts'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { aCpts } from '../../test/builders/accounts.ts'
import { prepare } from '../../test/builders/as-owner.ts'
import { generateDirectoryLines } from '../../test/generate-directory-file.ts'
import { runCommand } from '../../test/run-command.ts'
import { practitioners } from '../kernel/tables/practitioner.table.ts'
import { importDirectory } from './import-directory.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'maillage-directory-'))
const territory = ['34145', '34151', '34146', '33063', '33039', '75111']
let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})

afterAll(async () => {
  await tested.close()
  rmSync(folder, { recursive: true })
})

/** Runs the command as an operator does, with little memory. */
async function maillage(...args: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=128', '--import', 'tsx', path.resolve(import.meta.dirname, '../cli.ts'), ...args],
    {
      env: {
        ...process.env,
        DATABASE_URL: tested.database.url,
        DATABASE_OWNER_URL: tested.database.ownerUrl,
        NODE_ENV: 'test',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
  const [code] = await once(child, 'close')
  return { code: Number(code), said: Buffer.concat(said).toString() }
}

/** Writes invented people of all France until the file is large enough; gives who practises in the territory. */
async function writeDirectory(file: string, bytes: number): Promise<Set<string>> {
  const municipalities = readMunicipalities()
    .filter(({ postalCodes }) => postalCodes.length > 0)
    .map(({ code, name, postalCodes: [postalCode = ''] }) => ({ code, name, postalCode }))
  const out = createWriteStream(file)
  const here = new Set<string>()
  let written = 0
  for (const line of generateDirectoryLines({ rows: Number.MAX_SAFE_INTEGER, municipalities })) {
    if (written > bytes) break
    const cells = line.split('|')
    if (territory.includes(cells[36] ?? '')) here.add(cells[1] ?? '')
    written += Buffer.byteLength(line) + 1
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
  return here
}

test('a file of 40 MB is streamed into the directory under a small heap, twice the same', async () => {
  const file = path.join(folder, 'PS_LibreAcces_Personne_activite.txt')
  const here = await writeDirectory(file, 40_000_000)
  const cptsId = await aCpts(tested, { name: 'CPTS du Pays de Lunel', municipalities: territory })
  const first = await maillage('import-directory', file, '--cpts', 'Pays de Lunel')
  expect(first).toMatchObject({ code: 0 })
  expect(first.said).toContain(`${here.size} nouvelles fiches`)
  expect(Number(/(\d+) Mo de mémoire/.exec(first.said)?.[1])).toBeLessThan(300)
  const rows = await prepare(tested, (tx) =>
    tx.select({ rpps: practitioners.rpps }).from(practitioners).where(eq(practitioners.cptsId, cptsId)),
  )
  expect(new Set(rows.map(({ rpps }) => rpps))).toEqual(here)
  const again = await maillage('import-directory', file)
  expect(again.said).toContain(`${here.size} fiches inchangées`)
}, 120_000)

test('what the operator can mend is said in one sentence', async () => {
  const file = path.join(folder, 'autre.txt')
  writeFileSync(file, 'nom;prenom\n')
  const refused = (...args: string[]) => expect(runCommand(tested, importDirectory, ...args)).rejects
  await refused(file).toThrow('n’est pas l’extraction « Personne_activite »')
  await refused(path.join(folder, 'absent.txt')).toThrow('n’existe pas')
  await refused(file, '--cpts', 'Ailleurs').toThrow('CPTS inconnue : « Ailleurs »')
  await refused().toThrow('Usage : pnpm maillage import-directory')
  writeFileSync(file, 'PK\u0003\u0004')
  await refused(file).toThrow('décompressez-la')
})
