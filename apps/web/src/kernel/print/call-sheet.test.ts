import type { CaseHeader, TimelineEntry } from '@maillage/contracts/cases'
import { Patient } from '@maillage/contracts/patients'
import { expect, test } from 'vitest'
import { addressOf, callsOf, triedOf } from './call-sheet.ts'

const patient = Patient.parse({
  id: '01938f00-0000-7000-8000-000000000001',
  birthName: 'Arbousset',
  lastName: 'Arbousset',
  firstName: 'Simone',
  birthDate: '1944-03-14',
  sex: 'female',
  phones: ['+33466010203', '+33639980102'],
  email: null,
  address: {
    line: '14 rue des Aires',
    complement: 'code 12A',
    postalCode: '30250',
    municipality: '30321',
    municipalityName: 'Sommières',
  },
  guardian: { name: 'Jeanne Arbousset', relationship: 'sa mère', phone: '+33639980104' },
  caregiver: null,
  trustedPerson: { name: 'Anne Roux' },
  interpreterLanguage: null,
  hoursToCall: null,
  noVoicemail: false,
  household: null,
  mergedRecords: [],
  possibleDuplicates: [],
  deceasedOn: null,
  cases: [],
  version: 1,
})

test('a minor’s parent is called first, numbers are grouped, a missing number is said', () => {
  expect(callsOf(patient).map(({ who, phone }) => `${who} ${phone.replaceAll(/\s/g, ' ')}`)).toEqual([
    'Jeanne Arbousset (parent ou tuteur, sa mère) 06 39 98 01 04',
    'Simone Arbousset 04 66 01 02 03',
    'autre numéro 06 39 98 01 02',
    'Anne Roux (personne de confiance) sans numéro',
  ])
  expect(addressOf(patient)).toBe('14 rue des Aires, code 12A, 30250 Sommières')
})

test('what was tried keeps the last calls, notes and offers, and says when a note goes on', () => {
  const entry = (over: Partial<TimelineEntry>): TimelineEntry => ({
    id: 'e',
    at: '2026-11-24T09:00:00.000Z',
    type: 'note',
    action: 'add',
    by: 'Samira Haddad',
    byRole: 'coordinator',
    fromStatus: null,
    toStatus: null,
    reason: null,
    text: null,
    practitioner: null,
    onBehalf: null,
    ...over,
  })
  const header = { kind: 'gp-search' } satisfies Partial<CaseHeader>
  // Only the kind is read.
  const lines = triedOf(
    header as CaseHeader,
    [
      entry({ text: 'x'.repeat(900) }),
      entry({ type: 'move', action: 'qualify' }),
      ...Array.from({ length: 12 }, () => entry({ type: 'contact-attempt', action: 'phone', reason: 'voicemail' })),
    ],
    {},
    new Date('2026-11-24T10:00:00Z'),
  )
  expect(lines).toHaveLength(8)
  expect(lines[0]).toContain('… (suite à l’écran)')
  expect(lines.join(' ')).not.toContain('trié')
})
