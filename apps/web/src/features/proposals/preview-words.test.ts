import type { ProposalPreview } from '@maillage/contracts/proposals'
import { expect, test } from 'vitest'
import {
  marksInWords,
  needInWords,
  personInWords,
  placeInWords,
  placesInSentence,
  previewRows,
} from './preview-words.ts'

const preview: ProposalPreview = {
  ageBand: '80–84',
  sex: 'female',
  municipality: 'Sommières',
  distanceKm: 1.2,
  band: 'P1',
  need: 'gp-search',
  marks: ['long-term-condition', 'treatment-12-days', 'lives-alone', 'of-another-version'],
  homeVisit: true,
  householdSize: 1,
  householdAgeBands: [],
  wantedFrom: null,
  wantedBefore: null,
  note: null,
}
const now = new Date('2026-11-24T09:44:00Z')

test('a person is an age band and a sex, never more', () => {
  expect(personInWords(preview)).toBe('Femme, 80–84\u00A0ans')
  expect(personInWords({ sex: 'male', ageBand: '90+' })).toBe('Homme, 90\u00A0ans et plus')
})

test('marks are words that follow the sex; a code of another version is left out', () => {
  expect(marksInWords(preview)).toEqual(['ALD', '12\u00A0jours de traitement', 'vit seule', 'visite à domicile'])
  expect(marksInWords({ ...preview, sex: 'male', homeVisit: false, marks: ['lives-alone', 'gir-2'] })).toEqual([
    'vit seul',
    'GIR\u00A02',
  ])
})

test('the distance is written in French, and left out when unknown', () => {
  expect(placeInWords(preview)).toBe('Sommières, 1,2\u00A0km')
  expect(placeInWords({ ...preview, distanceKm: null })).toBe('Sommières')
  expect(placeInWords({ ...preview, distanceKm: 0 })).toBe('Sommières, votre commune')
})

test('a need of a discharge is named', () => {
  const need = { ...preview, need: 'home-nurse' }
  expect(needInWords({ kind: 'hospital-discharge', preview: need })).toBe('Infirmière à domicile')
  expect(needInWords({ kind: 'gp-search', preview })).toBe('Cherche un médecin traitant')
})

test('accepting says what it takes', () => {
  expect(placesInSentence({ placesTaken: 1, placesLeft: 3 })).toBe('Prend 1 de vos 3\u00A0places')
  expect(placesInSentence({ placesTaken: 0, placesLeft: null })).toBeUndefined()
  expect(placesInSentence({ placesTaken: 2, placesLeft: null })).toMatch(/aucune n’est décomptée/)
})

test('the rows say a household only when there is one, and the dates as people say them', () => {
  expect(previewRows({ preview }, now).map(({ key }) => key)).toEqual(['move', 'marks'])
  const dated = {
    ...preview,
    householdSize: 3,
    householdAgeBands: ['80–84', '10–14', '0–4'],
    wantedFrom: '2026-11-25T08:00:00.000Z',
  }
  const rows = previewRows({ preview: dated }, now)
  expect(rows.find(({ key }) => key === 'household')).toMatchObject({
    term: 'Foyer de 3',
    value: '80–84\u00A0ans, 10–14\u00A0ans et 0–4\u00A0ans',
  })
  expect(rows.find(({ key }) => key === 'from')?.value).toBe('demain 9:00')
})
