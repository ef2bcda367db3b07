import { type CptsId, newId, PractitionerId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import {
  aDirectoryRow,
  type DirectoryCells,
  type DirectoryLayoutName,
  directoryHeader,
  directoryLine,
} from '../../../test/generate-directory-file.ts'
import { listSitesOf } from '../../kernel/practitioners/practice-site.store.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { referenceMunicipalities } from '../../reference/find-municipality.ts'
import { type DirectoryImport, type DirectoryReport, importDirectory } from './import-directory.ts'
import type { PractitionerRow } from './practitioner-columns.ts'

let tested: TestApp
let cptsId: CptsId
const municipalities = referenceMunicipalities()

beforeAll(async () => {
  tested = await buildTestApp()
})

afterAll(async () => {
  await tested.close()
})

beforeEach(async () => {
  cptsId = await aCpts(tested)
})

type File = { rows: readonly DirectoryCells[]; layout?: DirectoryLayoutName; encoding?: BufferEncoding }

async function* bytesOf({ rows, layout = 'newer', encoding = 'utf8' }: File): AsyncGenerator<Uint8Array> {
  const lines = rows.map((cells) => directoryLine(layout, { ...aDirectoryRow, ...cells }))
  yield Buffer.from([directoryHeader(layout), ...lines, ''].join('\r\n'), encoding)
}

const importing = (file: File, over: Partial<DirectoryImport> = {}): Promise<DirectoryReport> =>
  importDirectory(tested.deps, {
    cptsId,
    file: bytesOf(file),
    municipalities,
    isDryRun: false,
    acceptDepartures: false,
    onProgress: () => undefined,
    ...over,
  })
const importRows = (...rows: DirectoryCells[]): Promise<DirectoryReport> => importing({ rows })

const directory = (): Promise<PractitionerRow[]> =>
  prepare(tested, async (tx) => {
    const rows = await tx
      .select()
      .from(practitioners)
      .where(eq(practitioners.cptsId, cptsId))
      .orderBy(practitioners.rpps)
    const sitesOf = await listSitesOf(
      tx,
      cptsId,
      rows.map(({ id }) => id),
    )
    return rows.map((row) => ({ ...row, otherSites: sitesOf(row.id) }))
  })
const person = (number: number, over: DirectoryCells = {}): DirectoryCells => ({
  'Identifiant PP': String(10_000_000_000 + number),
  ...over,
})

test('somebody of the territory gets an entry under which they are found', async () => {
  expect(await importRows(person(1))).toMatchObject({ rows: 1, people: 1, created: 1, changed: 0, gone: 0 })
  expect(await directory()).toMatchObject([
    {
      rpps: '10000000001',
      displayName: 'Dr Anne-Lise VALMORIN',
      search: 'valmorin anne lise',
      profession: 'physician',
      isGeneralPractitioner: true,
      specialty: 'SM54',
      gender: 'female',
      municipalityCode: '33063',
      practiceName: 'CABINET DU QUAI',
      practicePhone: '+33556000001',
      goneAt: null,
      version: 1,
    },
  ])
})

describe('what a file says becomes', () => {
  const nurse = { 'Code profession': '60', 'Code savoir-faire': '', "Prénom d'exercice": 'ÉLODIE' }
  const begles = {
    'Identifiant technique de la structure': 'C200',
    'Code postal (coord. structure)': '33130',
    'Code commune (coord. structure)': '33039',
    'Libellé commune (coord. structure)': 'Bègles',
  }
  const cases: [string, File, Partial<PractitionerRow>[]][] = [
    ['SM26: a GP', { rows: [{ 'Code savoir-faire': 'SM26' }] }, [{ isGeneralPractitioner: true, specialty: 'SM26' }]],
    ['SM53: a GP', { rows: [{ 'Code savoir-faire': 'SM53' }] }, [{ isGeneralPractitioner: true, specialty: 'SM53' }]],
    ['SM54: a GP', { rows: [{ 'Code savoir-faire': 'SM54' }] }, [{ isGeneralPractitioner: true, specialty: 'SM54' }]],
    ['SM04: no GP', { rows: [{ 'Code savoir-faire': 'SM04' }] }, [{ isGeneralPractitioner: false, specialty: 'SM04' }]],
    [
      'a locum is not to be chosen as médecin traitant',
      { rows: [{ 'Code genre activité': 'GENR02' }] },
      [{ isGeneralPractitioner: false, specialty: 'SM54' }],
    ],
    [
      'two rows for two places: one entry with both',
      { rows: [person(1), person(1, begles)] },
      [{ municipalityCode: '33063', otherSites: [expect.objectContaining({ municipalityCode: '33039' })] }],
    ],
    [
      'two rows for two skills: one entry, one place, the GP first',
      { rows: [{ 'Code savoir-faire': 'SM18' }, { 'Code savoir-faire': 'SM26' }] },
      [{ isGeneralPractitioner: true, specialty: 'SM26', otherSites: [] }],
    ],
    [
      'a salaried post and an own practice: the practice first',
      { rows: [{ 'Code mode exercice': 'S' }, { ...begles, 'Code mode exercice': 'L' }] },
      [{ municipalityCode: '33039', otherSites: [expect.objectContaining({ municipalityCode: '33063' })] }],
    ],
    [
      'a place in the territory and one elsewhere: the one here',
      { rows: [{ 'Code commune (coord. structure)': '75056', 'Libellé commune (coord. structure)': 'Paris' }, begles] },
      [{ municipalityCode: '33039', otherSites: [] }],
    ],
    [
      'no code of commune: its postal code and name',
      {
        rows: [
          { ...begles, 'Code commune (coord. structure)': '', 'Libellé commune (coord. structure)': 'BEGLES CEDEX' },
        ],
      },
      [{ municipalityCode: '33039' }],
    ],
    ['the older layout', { rows: [nurse], layout: 'older' }, [{ profession: 'nurse', firstName: 'Élodie' }]],
    ['the newer layout', { rows: [nurse], layout: 'newer' }, [{ profession: 'nurse', displayName: 'Élodie VALMORIN' }]],
    ['Latin-1', { rows: [nurse], encoding: 'latin1' }, [{ firstName: 'Élodie', search: 'valmorin elodie' }]],
    [
      'an ADELI number',
      { rows: [{ "Type d'identifiant PP": '0', 'Identifiant PP': '331234567' }] },
      [{ rpps: null, adeli: '331234567' }],
    ],
  ]
  test.each(cases)('%s', async (_, file, expected) => {
    await importing(file)
    expect(await directory()).toMatchObject(expected)
    // The same file again finds everybody and changes nobody.
    expect(await importing(file)).toMatchObject({ created: 0, changed: 0, unchanged: expected.length, gone: 0 })
  })
})

test('an old INSEE code leads to the commune of today', async () => {
  const merged = await prepare(tested, (tx) =>
    tx.execute<{ code: string; current_code: string }>(
      sql`select f.code, f.current_code from former_municipalities f
        left join municipalities m on m.code = f.code where m.code is null limit 1`,
    ),
  )
  const [former] = merged.rows
  cptsId = await aCpts(tested, { municipalities: [former?.current_code ?? ''] })
  await importRows({ 'Code commune (coord. structure)': former?.code })
  expect(await directory()).toMatchObject([{ municipalityCode: former?.current_code }])
})

test('a territory that names Paris keeps the people of its arrondissements', async () => {
  cptsId = await aCpts(tested, { municipalities: ['75056'] })
  await importRows({ 'Code commune (coord. structure)': '75111', 'Code postal (coord. structure)': '75011' })
  expect(await directory()).toMatchObject([{ municipalityCode: '75111' }])
})

test('a change reaches the entry, and whoever saw the old version is told', async () => {
  await importRows(person(1), person(2))
  expect(await importRows(person(1, { 'Téléphone (coord. structure)': '0556000099' }), person(2))).toMatchObject({
    changed: 1,
    unchanged: 1,
  })
  expect(await directory()).toMatchObject([
    { practicePhone: '+33556000099', version: 2 },
    { practicePhone: '+33556000001', version: 1 },
  ])
})

test('what a person entered stays, the rest follows the directory', async () => {
  await importRows(person(1))
  await prepare(tested, (tx) =>
    tx
      .update(practitioners)
      .set({
        practicePhone: '+33600000000',
        lastName: 'Valmorin-Test',
        enteredByPerson: ['practicePhone', 'last_name'],
      })
      .where(eq(practitioners.cptsId, cptsId)),
  )
  await importRows(
    person(1, { 'Téléphone (coord. structure)': '0556000099', 'Enseigne commerciale site': 'Maison de santé' }),
  )
  expect(await directory()).toMatchObject([
    {
      practicePhone: '+33600000000',
      lastName: 'Valmorin-Test',
      displayName: 'Dr Anne-Lise Valmorin-Test',
      search: 'valmorin test anne lise',
      practiceName: 'Maison de santé',
    },
  ])
})

test('places beside the first follow the directory, until a person says where they practise', async () => {
  const begles = (structure: string): DirectoryCells => ({
    'Identifiant technique de la structure': structure,
    'Code postal (coord. structure)': '33130',
    'Code commune (coord. structure)': '33039',
    'Libellé commune (coord. structure)': 'Bègles',
  })
  await importRows(person(1), person(1, begles('C200')))
  expect(await importRows(person(1), person(1, begles('C200')))).toMatchObject({ unchanged: 1 })
  expect(await importRows(person(1))).toMatchObject({ changed: 1 })
  expect(await directory()).toMatchObject([{ otherSites: [] }])
  await prepare(tested, (tx) =>
    tx
      .update(practitioners)
      .set({ enteredByPerson: ['other_sites'] })
      .where(eq(practitioners.cptsId, cptsId)),
  )
  expect(await importRows(person(1), person(1, begles('C200')))).toMatchObject({ unchanged: 1 })
  expect(await directory()).toMatchObject([{ otherSites: [] }])
})

test('whoever leaves is kept and said gone, and is back when the directory names them again', async () => {
  await importRows(person(1), person(2))
  expect(await importRows(person(2))).toMatchObject({ gone: 1, unchanged: 1 })
  expect(await directory()).toMatchObject([{ goneAt: expect.any(Date) }, { goneAt: null }])
  expect(await importRows(person(2))).toMatchObject({ gone: 0 })
  expect(await importRows(person(1), person(2))).toMatchObject({ back: 1, unchanged: 1, created: 0 })
  expect(await directory()).toMatchObject([{ goneAt: null }, { goneAt: null }])
})

test('an entry that a person made never goes, even once the directory has named it', async () => {
  await aPractitioner(tested, cptsId, { id: newId(PractitionerId), rpps: '10000000009' })
  await importRows(person(1))
  await importRows(person(1), person(9))
  expect(await importRows(person(1))).toMatchObject({ gone: 0 })
  expect(await directory()).toMatchObject([{ rpps: '10000000001' }, { rpps: '10000000009', goneAt: null }])
})

test('a cut file sends nobody away unless somebody says that it is right', async () => {
  const everybody = Array.from({ length: 60 }, (_, number) => person(number))
  await importRows(...everybody)
  const cut = { rows: everybody.slice(0, 30) }
  await expect(importing(cut)).rejects.toMatchObject({
    problem: 'too-many-departures',
    figures: { gone: 30, known: 60 },
  })
  expect(await importing(cut, { isDryRun: true, acceptDepartures: true })).toMatchObject({ gone: 30 })
  expect((await directory()).filter(({ goneAt }) => goneAt)).toEqual([])
  await importing(cut, { acceptDepartures: true })
  expect((await directory()).filter(({ goneAt }) => goneAt)).toHaveLength(30)
})

test('a file without anybody of the territory, and a CPTS without commune, are refused', async () => {
  await expect(importRows()).rejects.toMatchObject({ problem: 'nobody' })
  cptsId = await aCpts(tested, { municipalities: [] })
  await expect(importRows(person(1))).rejects.toMatchObject({ problem: 'no-territory' })
})

test('a rehearsal tells what would happen and writes nothing', async () => {
  await importRows(person(1), person(2))
  const file = { rows: [person(1, { "Nom d'exercice": 'AUTRENOM' }), person(3)] }
  const before = await directory()
  const rehearsed = await importing(file, { isDryRun: true })
  expect(rehearsed).toMatchObject({ created: 1, changed: 1, gone: 1 })
  expect(await directory()).toEqual(before)
  expect(await importing(file)).toEqual(rehearsed)
})

test('another CPTS has its own entry for the same person', async () => {
  await importRows(person(1))
  const first = cptsId
  cptsId = await aCpts(tested)
  expect(await importRows(person(1))).toMatchObject({ created: 1 })
  expect(cptsId).not.toBe(first)
})

test('every batch that writes leaves a line of the trail, by the system', async () => {
  await importRows(person(1), person(2))
  await importRows(person(2))
  await importRows(person(2))
  const trail = await prepare(tested, (tx) =>
    tx.select().from(auditEntries).where(eq(auditEntries.cptsId, cptsId)).orderBy(auditEntries.position),
  )
  expect(trail).toMatchObject([
    { role: 'system', actorId: null, action: 'directory.import' },
    { role: 'system', actorId: null, action: 'directory.departures' },
  ])
})

test('lines that give nothing are counted by cause, and malformed ones with the first of them', async () => {
  const rows = [
    person(1),
    { 'Identifiant PP': '123' },
    { 'Code commune (coord. structure)': '75056' },
    { "Nom d'exercice": '' },
    { "Nom d'exercice": 'TROP|LARGE' },
  ]
  expect(await importRows(...rows)).toMatchObject({
    rows: 4,
    people: 1,
    skipped: { 'bad-identifier': 1, 'outside-territory': 1, 'missing-name': 1 },
    malformed: { count: 1, first: { line: 6 } },
  })
})
