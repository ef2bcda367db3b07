import { ChangeCard, PractitionerCard } from '@maillage/contracts/directory/practitioner-cards'
import { expect, test } from 'vitest'
import { cardBody, cardFormOf, emptySite } from './card-form.ts'
import { sourceInWords } from './card-words.ts'

const card = PractitionerCard.parse({
  id: '019aa5d2-0000-7000-8000-000000000001',
  displayName: 'Dr Anne Lefèvre',
  profession: 'physician',
  isGeneralPractitioner: true,
  practice: 'Cabinet du Vidourle',
  practiceLine: '4 rue des Essais',
  practicePostalCode: '30250',
  municipality: { code: '30321', name: 'Sommières' },
  practicePhone: '+33465710142',
  practiceEmail: null,
  mssanteAddress: null,
  practiceHours: null,
  languages: ['français'],
  accessible: null,
  homeVisits: true,
  teleconsultation: null,
  sites: [],
  colleagues: [],
  profile: null,
  sources: [],
  publication: { internal: null, public: null, history: [] },
  confirmation: { at: null, by: null, askedAt: null },
  team: null,
  version: 4,
})

test('what nobody touched is not sent: it keeps its origin', () => {
  expect(cardBody(cardFormOf(card), card)).toEqual({ version: 4 })
})

test('what was typed is sent as the API takes it, and emptied texts say that there is none', () => {
  const form = cardFormOf(card)
  form.practicePhone = '04 65 71 01 43'
  form.practice = ' '
  form.languages = 'français, occitan,'
  form.teleconsultation = 'no'
  const body = cardBody(form, card)
  expect(body).toEqual({
    practicePhone: '+33465710143',
    practice: null,
    languages: ['français', 'occitan'],
    teleconsultation: false,
    version: 4,
  })
  expect(ChangeCard.safeParse(body).success).toBe(true)
})

test('a place without a commune, or a number that is none, is refused by the contract at its own field', () => {
  const form = cardFormOf(card)
  form.sites.push(emptySite())
  form.practicePhone = 'douze'
  const parsed = ChangeCard.safeParse(cardBody(form, card))
  expect(parsed.error?.issues.map(({ path }) => path.join('/')).sort()).toEqual([
    'practicePhone',
    'sites/0/municipality',
  ])
})

test('a field says where it comes from', () => {
  const now = new Date('2026-11-22T09:00:00Z')
  const at = '2026-11-03T09:00:00Z'
  const said = (from: 'self' | 'coordinator' | 'import' | 'none', isOwn = true) =>
    sourceInWords({ field: 'practicePhone', from, at: from === 'none' ? null : at }, isOwn, now)
  expect(said('self')).toBe('saisi par vous le mar.\u00A03\u00A0nov.')
  expect(said('self', false)).toBe('saisi par le praticien le mar.\u00A03\u00A0nov.')
  expect(said('import')).toBe('annuaire national, lu le mar.\u00A03\u00A0nov.')
  expect(said('none')).toBeUndefined()
})
