import { GpSearchDetails } from '@maillage/contracts/gp-search'
import { DayDate } from '@maillage/contracts/kit/dates'
import { PatientDetails } from '@maillage/contracts/patients'
import { refusalCodes } from '@maillage/contracts/waiting-list-imports'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textFiles } from '../../../test/waiting-list/text-files.ts'
import { workbookFiles } from '../../../test/waiting-list/workbook-files.ts'
import { municipalityFinder } from '../../kernel/patients/municipality-finder.ts'
import { findTable } from './find-table.ts'
import { type ParsedLine, parseLine } from './parse-line.ts'
import { type Refusal, refusalSentence } from './refusals.ts'
import { writeRejectedLines } from './rejected-lines.ts'
import { readSheet } from './sheets/read-sheet.ts'
import { mappingOf, suggestMapping } from './suggest-mapping.ts'

const today = DayDate.parse('2026-03-01')
const municipalities = municipalityFinder(
  [
    { code: '33063', name: 'Bordeaux', postalCodes: ['33000'] },
    { code: '33039', name: 'Bègles', postalCodes: ['33130'] },
    { code: '01053', name: 'Bourg-en-Bresse', postalCodes: ['01000'] },
    { code: '97502', name: 'Saint-Pierre', postalCodes: ['97500'] },
    { code: '97416', name: 'Saint-Pierre', postalCodes: ['97410'] },
  ],
  [],
)

const readAll = (bytes: Buffer): { table: ReturnType<typeof findTable>; parsed: ParsedLine[] } => {
  const table = findTable(readSheet(bytes))
  const context = { columns: table.columns, mapping: mappingOf(suggestMapping(table, today)), municipalities, today }
  return { table, parsed: table.lines.map((line) => parseLine(line, context)) }
}
const headers =
  'Nom;Prenom;DDN;Tel;Mail;Adresse;CP;Commune;ALD;Visite à domicile;Jours de traitement;Ancien médecin;Motif;Médecins contactés;Inscrit le;Remarques'
const rose = {
  Nom: 'DURRIN',
  Prenom: 'Rose',
  DDN: '12/03/1944',
  Tel: '0612345678',
  Mail: '',
  Adresse: '2 rue Haute',
  CP: '33000',
  Commune: 'Bordeaux',
  ALD: 'O',
  'Visite à domicile': '',
  'Jours de traitement': '',
  'Ancien médecin': '',
  Motif: '',
  'Médecins contactés': '',
  'Inscrit le': '03/02/2026',
  Remarques: '',
}
const one = (over: Partial<typeof rose> = {}): ParsedLine => {
  const cells = headers
    .split(';')
    .map((header) => Object.entries({ ...rose, ...over }).find(([key]) => key === header)?.[1] ?? '')
  // A first, ordinary line lets the columns be recognised; the second is the one under test.
  const ordinary = Object.values(rose).join(';')
  const [, parsed] = readAll(Buffer.from([headers, ordinary, cells.join(';')].join('\n'))).parsed
  if (!parsed) throw new Error('The line was not read')
  return parsed
}
const draftOf = (parsed: ParsedLine) => ('draft' in parsed ? parsed : expect.fail(JSON.stringify(parsed)))
const codesOf = (parsed: ParsedLine) => ('refusals' in parsed ? parsed.refusals.map(({ code }) => code) : [])

test.each(
  [...textFiles, ...workbookFiles]
    .filter(({ name }) => !name.includes('ages'))
    .map((file) => [file.name, file] as const),
)('every patient becomes a draft: %s', (_, file) => {
  for (const parsed of readAll(file.bytes).parsed) {
    const { draft } = draftOf(parsed)
    expect(PatientDetails.parse(draft.patient)).toEqual(draft.patient)
    expect(GpSearchDetails.parse(draft.details)).toEqual(draft.details)
  }
})

test('a whole line says all that it holds', () => {
  const { draft, warnings } = draftOf(
    one({
      Mail: 'Rose@Exemple.fr',
      'Visite à domicile': 'oui',
      'Jours de traitement': '15 jours',
      'Ancien médecin': 'Dr Brancotel',
      Motif: 'retraite',
      'Médecins contactés': 'Dr Arnotte, Dr Lusson',
      Remarques: 'escaliers',
    }),
  )
  expect(draft).toEqual({
    hasConsent: false,
    registeredAt: '2026-02-03',
    patient: {
      birthName: 'DURRIN',
      firstName: 'Rose',
      birthDate: '1944-03-12',
      sex: 'unknown',
      phones: ['+33612345678'],
      email: 'rose@exemple.fr',
      address: { line: '2 rue Haute', postalCode: '33000', municipality: '33063' },
    },
    details: {
      hasLongTermCondition: true,
      homebound: true,
      treatmentDaysLeft: 15,
      previousGp: { name: 'Dr Brancotel', lossReason: 'retired' },
      doctorsAlreadyContacted: ['Dr Arnotte', 'Dr Lusson'],
      freeText: 'escaliers',
    },
  })
  expect(warnings).toEqual([])
})

describe('a line is refused with every reason at once', () => {
  test.each([
    ['missing-name', { Nom: '' }],
    ['missing-first-name', { Prenom: '' }],
    ['missing-birth-date', { DDN: '' }],
    ['impossible-date', { DDN: '31/02/1950' }],
    ['future-date', { DDN: '02/03/2026' }],
    ['too-old', { DDN: '01/01/1900' }],
    ['year-only', { DDN: '1944' }],
    ['ambiguous-century', { DDN: '12/03/24' }],
    ['unreadable-date', { 'Inscrit le': 'en hiver' }],
    ['unknown-municipality', { Commune: 'Nulle-Part' }],
    ['missing-municipality', { CP: '', Commune: '', Adresse: '' }],
    ['ambiguous-municipality', { CP: '', Commune: 'Saint-Pierre' }],
    ['too-long', { Nom: 'D'.repeat(120) }],
  ] as const)('%s', (code, over) => {
    expect(codesOf(one(over))).toEqual([code])
  })

  test('three faults are three sentences', () => {
    const parsed = one({ Prenom: '', DDN: '31/02/1950', Commune: 'Nulle-Part' })
    expect('refusals' in parsed && parsed.refusals.map(refusalSentence)).toEqual([
      'Le prénom manque.',
      'La date « 31/02/1950 » n’existe pas (colonne « DDN »).',
      'La commune « Nulle-Part » est inconnue : vérifiez le nom et le code postal.',
    ])
  })

  test('the communes that could be meant are named', () => {
    const parsed = one({ CP: '', Commune: 'Saint-Pierre' })
    expect('refusals' in parsed && parsed.refusals.map(refusalSentence)).toEqual([
      'Plusieurs communes répondent à « Saint-Pierre » (Saint-Pierre 97500, Saint-Pierre 97410) : précisez le nom ou le code postal.',
    ])
  })

  test('an age is not enough', () => {
    const { parsed } = readAll(Buffer.from('Nom;Prénom;Âge;Ville\nDURRIN;Rose;81;Bordeaux'))
    expect(parsed.map(codesOf)).toEqual([['age-is-not-a-birth-date']])
  })
})

describe('nothing written is lost', () => {
  test.each([
    ['an unreadable phone', { Tel: '06 12 34' }, 'Tel : 06 12 34'],
    ['words beside a phone', { Tel: '0612345678 (sa fille)' }, 'Tel : 0612345678 (sa fille)'],
    ['a faulty mail', { Mail: 'rose@' }, 'Mail : rose@'],
    ['an answer that says more', { ALD: 'oui (diabète)' }, 'ALD : oui (diabète)'],
    ['an answer that is none', { 'Visite à domicile': 'à voir' }, 'Visite à domicile : à voir'],
    ['a reason of its own', { Motif: 'conflit' }, 'Motif : conflit'],
    ['a count of doctors', { 'Médecins contactés': '3' }, 'Médecins contactés : 3'],
  ])('%s goes to the notes', (_, over, note) => {
    const { draft, warnings } = draftOf(one(over))
    expect(draft.details.freeText).toBe(note)
    expect(warnings).toMatchObject([{ code: 'kept-as-note' }])
  })
})

test('the zero that a spreadsheet ate is given back to a postal code', () => {
  expect(draftOf(one({ CP: '1000', Commune: 'Bourg en Bresse' })).draft.patient.address).toMatchObject({
    postalCode: '01000',
    municipality: '01053',
  })
})

test('the birth name and the sex are taken from « Mme DUPRIN née MARTELET »', () => {
  const { patient } = draftOf(one({ Nom: 'Mme DUPRIN née MARTELET' })).draft
  expect(patient).toMatchObject({ birthName: 'MARTELET', lastName: 'DUPRIN', sex: 'female' })
})

test('whatever a line holds, it is drafted or refused with a sentence, never thrown', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('oui', '12/03/1944', '0612345678', 'Bordeaux', '31/02/1950'),
  )
  const columns = headers.split(';').map((header, index) => ({ index, header, hidden: false }))
  const { table } = readAll(Buffer.from([headers, Object.values(rose).join(';')].join('\n')))
  const mapping = mappingOf(suggestMapping(table, today))
  fc.assert(
    fc.property(fc.array(cell, { minLength: 16, maxLength: 16 }), (texts) => {
      const parsed = parseLine(
        { number: 2, cells: texts.map((text) => ({ text })) },
        { columns, mapping, municipalities, today },
      )
      expect('draft' in parsed || parsed.refusals.length > 0).toBe(true)
    }),
  )
})

describe('the refused lines as a file', () => {
  const list = [
    'Nom;Prénom;DDN;Ville;Note',
    'DURRIN;Rose;31/02/1950;Bordeaux;"dit ""Rosie""; +33 ?"',
    'VALNOT;Ève;12/03/1944;Bordeaux;',
    '=SOMME(A1);-x;12/03/1944;Nulle-Part;@a',
  ].join('\n')
  const refusedOf = (parsed: readonly ParsedLine[]) =>
    new Map<number, Refusal[]>(parsed.flatMap((line) => ('refusals' in line ? [[line.line, line.refusals]] : [])))

  test('same headers, the reason at the end, only the refused', () => {
    const { table, parsed } = readAll(Buffer.from(list))
    const lines = writeRejectedLines(table, refusedOf(parsed)).split('\r\n')
    expect(lines[0]).toBe('\uFEFFNom;Prénom;DDN;Ville;Note;Motif du refus')
    expect(lines[1]).toBe(
      'DURRIN;Rose;31/02/1950;Bordeaux;"dit ""Rosie""; +33 ?";La date « 31/02/1950 » n’existe pas (colonne « DDN »).',
    )
    expect(lines).toHaveLength(4)
  })

  test('nothing in it runs as a formula, and it is read back as it was', () => {
    const { table, parsed } = readAll(Buffer.from(list))
    const file = writeRejectedLines(table, refusedOf(parsed))
    expect(file).toContain("'=SOMME(A1);'-x;")
    const again = readAll(Buffer.from(file))
    expect(again.table.lines.map(({ cells }) => cells.slice(0, 5).map(({ text }) => text))).toEqual(
      [table.lines[0], table.lines[2]].map((line) => line?.cells.map(({ text }) => text)),
    )
  })

  test('corrected and given again, it opens what it refused', () => {
    const { table, parsed } = readAll(Buffer.from(list))
    const corrected = writeRejectedLines(table, refusedOf(parsed)).replace('31/02/1950', '28/02/1950')
    expect(readAll(Buffer.from(corrected)).parsed.map((line) => 'draft' in line)).toEqual([true, false])
  })

  test('every refusal has its sentence', () => {
    for (const code of refusalCodes) expect(refusalSentence({ code, value: 'x', column: 'y' })).toMatch(/^[A-ZL«].*\.$/)
  })
})
