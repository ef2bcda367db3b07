import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { aPatient } from '../../test/builders/a-patient.ts'
import { aCpts, someoneWho } from '../../test/builders/accounts.ts'
import { prepare } from '../../test/builders/as-owner.ts'
import { runCommand } from '../../test/run-command.ts'
import { textFiles } from '../../test/waiting-list/text-files.ts'
import { workbook } from '../../test/waiting-list/waiting-list-file.ts'
import { workbookFiles } from '../../test/waiting-list/workbook-files.ts'
import { gpSearches } from '../features/gp-search/gp-search.table.ts'
import { auditEntries } from '../kernel/tables/audit.table.ts'
import { cases } from '../kernel/tables/case.table.ts'
import { patients } from '../kernel/tables/patient.table.ts'
import { importWaitingList } from './import-waiting-list.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'maillage-list-'))
const now = new Date('2026-03-02T09:00:00Z')
let tested: TestApp
let cptsId: CptsId
let name: string
let number = 0

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})

afterAll(async () => {
  await tested.close()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  number += 1
  name = `CPTS de la liste ${number}`
  cptsId = await aCpts(tested, { name })
})

const aFile = (content: string | Buffer, extension = 'csv'): string => {
  const file = path.join(folder, `liste-${number}-${Math.random().toString(36).slice(2)}.${extension}`)
  writeFileSync(file, content)
  return file
}
const importing = (file: string, ...args: string[]): Promise<string> =>
  runCommand(tested, importWaitingList, file, '--cpts', name, '--yes', ...args)
const searches = () =>
  prepare(tested, (tx) =>
    tx
      .select()
      .from(cases)
      .innerJoin(patients, and(eq(patients.cptsId, cases.cptsId), eq(patients.id, cases.patientId)))
      .innerJoin(gpSearches, and(eq(gpSearches.cptsId, cases.cptsId), eq(gpSearches.caseId, cases.id)))
      .where(eq(cases.cptsId, cptsId))
      .orderBy(cases.reference),
  )

type Counts = { read: number; opened: number; known: number; refused: number }
const countsOf = (said: string): Counts => {
  const count = (pattern: RegExp): number => Number(pattern.exec(said)?.[1] ?? Number.NaN)
  return {
    read: count(/^(\d+) lignes lues/m),
    opened: count(/^ {2}(\d+) demandes/m),
    known: count(/^ {2}(\d+) déjà là/m),
    refused: count(/^ {2}(\d+) refusées/m),
  }
}
const header = 'Nom;Prénom;Date de naissance;Sexe;Téléphone;Code postal;Commune;Date inscription;Accord'
const list = (...lines: string[]): string => aFile([header, ...lines].join('\r\n'))
const rose = 'DURRIN;Rose;12/03/1944;F;0612345678;33000;Bordeaux;03/02/2026;oui'
const come = 'PERRAND;Côme;23/11/1987;M;;33130;Bègles;;'

test('each line opens a search that keeps its seniority and the consent that the list tells', async () => {
  const said = await importing(list(rose, come))
  expect(countsOf(said)).toEqual({ read: 2, opened: 2, known: 0, refused: 0 })
  const [first, second] = await searches()
  expect(first?.cases).toMatchObject({
    status: 'submitted',
    channel: 'import',
    registeredAt: new Date('2026-02-03T12:00:00Z'),
    openedAt: now,
    ownerId: null,
    lookAlike: false,
    consent: { givenAt: '2026-02-03T12:00:00.000Z', channel: 'oral' },
  })
  expect(first?.patients).toMatchObject({ birthName: 'DURRIN', phones: ['+33612345678'], municipalityCode: '33063' })
  expect(second?.cases).toMatchObject({ registeredAt: now, consent: null })
  const trail = await prepare(tested, (tx) => tx.select().from(auditEntries).where(eq(auditEntries.cptsId, cptsId)))
  expect(trail.map(({ role, action }) => [role, action])).toEqual([
    ['system', 'gp-search.open'],
    ['system', 'gp-search.open'],
  ])
})

test('the same list given twice opens nothing twice, not even once a search has ended', async () => {
  const file = list(rose, come)
  await importing(file)
  await prepare(tested, (tx) =>
    tx
      .update(cases)
      .set({ status: 'closed', isOpen: false, statusReason: 'found_elsewhere' })
      .where(and(eq(cases.cptsId, cptsId), eq(cases.reference, 'MT-2026-0001'))),
  )
  const said = await importing(file)
  expect(countsOf(said)).toEqual({ read: 2, opened: 0, known: 2, refused: 0 })
  expect(said).toContain('ligne 2, MT-2026-0001 (terminée)')
  expect(said).toContain('ligne 3, MT-2026-0002')
  expect(await searches()).toHaveLength(2)
})

test('a person is the same when the list does not tell the sex, and when it names them twice', async () => {
  await importing(list(rose))
  const said = await importing(list(rose.replace(';F;', ';;'), come, come.toUpperCase()))
  expect(countsOf(said)).toEqual({ read: 3, opened: 1, known: 2, refused: 0 })
  expect(said).toContain('ligne 4, la même personne qu’à la ligne 3')
})

test('somebody who only looks like a known person is opened, flagged and told', async () => {
  await aPatient(tested, cptsId, { birthName: 'Durrin', firstName: 'Rose' })
  const rehearsed = await importing(list(rose), '--dry-run')
  expect(rehearsed).toMatch(/ressemblent à une personne connue :\n {2}ligne 2$/m)
  const said = await importing(list(rose, rose.replace('1944', '1945')))
  expect(countsOf(said)).toEqual({ read: 2, opened: 2, known: 0, refused: 0 })
  expect(said).toMatch(/ressemblent à une personne connue :\n {2}ligne 2, MT-2026-0001\n {2}ligne 3, MT-2026-0002/)
  expect((await searches()).map((row) => row.cases.lookAlike)).toEqual([true, true])
})

test('a rehearsal counts as the import will, and writes nothing', async () => {
  const file = list(rose, come, come, 'SANSDATE;Luc;;M;;33000;Bordeaux;;', rose.replace('1944', '1945'))
  const rehearsed = await importing(file, '--dry-run')
  expect(await searches()).toEqual([])
  expect(existsSync(`${file}.rejets.csv`)).toBe(false)
  const said = await importing(file)
  expect(countsOf(said)).toEqual(countsOf(rehearsed))
  expect(countsOf(said)).toEqual({ read: 5, opened: 3, known: 1, refused: 1 })
  expect(rehearsed).toContain('ligne 6')
})

test('refused lines come back in a file to correct, which imports like the list', async () => {
  const refusedLine = 'VILLETTE;Jeanne;1950;F;0612345679;33000;Bordeaux;;non'
  const file = list(rose, refusedLine, 'TELGNAC;Firmin;01/07/1958;M;;;Nullepart;;')
  const said = await importing(file)
  expect(countsOf(said)).toEqual({ read: 3, opened: 1, known: 0, refused: 2 })
  for (const reason of ['année seule (ligne 3)', 'accord refusé (ligne 3)', 'commune inconnue (ligne 4)']) {
    expect(said).toContain(reason)
  }
  expect(said).not.toMatch(/VILLETTE|TELGNAC/)
  const rejects = `${file}.rejets.csv`
  const text = readFileSync(rejects, 'utf8')
  expect(text.split('\r\n')[0]).toBe(`\uFEFF${header};Motif du refus`)
  const corrected = aFile(
    text.replace(';1950;', ';05/06/1950;').replace(';non;', ';oui;').replace('Nullepart', 'Bègles'),
  )
  expect(countsOf(await importing(corrected))).toEqual({ read: 2, opened: 2, known: 0, refused: 0 })
  // A second refusal does not write over what somebody may be correcting.
  expect(await importing(file)).toContain('.rejets-2.csv')
})

describe('every file of the collection adds up, and a second time opens nothing', () => {
  const files = [...textFiles, ...workbookFiles]
  const dated = files.filter(({ expected }) => expected.some(([, field]) => field === 'birthDate'))

  test.each(dated)('$name', async ({ bytes }) => {
    const file = aFile(bytes, 'bin')
    const first = countsOf(await importing(file))
    expect(first.opened + first.known + first.refused).toBe(first.read)
    expect(await searches()).toHaveLength(first.opened)
    const second = countsOf(await importing(file))
    expect(second).toEqual({ ...first, opened: 0, known: first.known + first.opened })
  })

  test.each(files.filter((one) => !dated.includes(one)))('but for $name', async ({ bytes }) => {
    await expect(importing(aFile(bytes, 'bin'))).rejects.toThrow('il faut la date de naissance')
  })
})

test('a workbook in xlsx is read, its columns are shown, and --mapping gives a column its meaning', async () => {
  const rows = [
    ['Nom', 'Prénom', 'DDN', 'Commune', 'Zorglub'],
    ['DURRIN', 'Rose', '12/03/1944', '33000 Bordeaux', 'boite vocale pleine'],
  ]
  const file = aFile(workbook({ Liste: rows }), 'xlsx')
  expect(await importing(file, '--dry-run')).toContain('Zorglub → NON REPRISE')
  const mapping = aFile(JSON.stringify({ Zorglub: 'freeText' }), 'json')
  expect(await importing(file, '--mapping', mapping)).toContain('Zorglub → remarques')
  expect((await searches())[0]?.gp_searches.details).toMatchObject({ freeText: 'boite vocale pleine' })
})

test.each([
  ['a word that means nothing', { Nom: 'zorglub' }, 'doit donner un sens connu'],
  ['a header that is not there', { Zorglub: 'freeText' }, 'En-têtes absents de la liste : Zorglub'],
  ['a list left without names', { Nom: null }, 'Aucune colonne ne donne le nom'],
])('a mapping with %s is refused', async (_, choices, sentence) => {
  const mapping = aFile(JSON.stringify(choices), 'json')
  await expect(importing(list(rose), '--mapping', mapping)).rejects.toThrow(sentence)
  expect(await searches()).toEqual([])
})

test('without --yes and without anybody to ask, nothing is imported', async () => {
  const file = list(rose)
  await expect(runCommand(tested, importWaitingList, file, '--cpts', name)).rejects.toThrow('relancez avec --yes')
  await expect(importing(aFile('%PDF-1.7'))).rejects.toThrow('ni un classeur')
  expect(await searches()).toEqual([])
})

test('a person still cannot open a search by the import channel without consent', async () => {
  const { headers } = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const patient = {
    birthName: 'Durrin',
    firstName: 'Rose',
    birthDate: '1944-03-12',
    sex: 'female',
    phones: [],
    address: { municipality: '33063' },
  }
  const payload = { patient, channel: 'import', details: {} }
  const answer = await tested.app.inject({
    method: 'POST',
    url: '/api/v1/gp-searches',
    headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
    payload,
  })
  expect(answer.statusCode).toBe(422)
  expect(answer.json().errors).toEqual([{ pointer: '/consent', code: 'required' }])
})
