import { expect, test } from 'vitest'
import { faultOf, fieldAt, fill, initialValues, type MoveSpec, shownFields } from './move-fields.ts'

const now = new Date('2026-11-21T20:57:00Z')
const spec: MoveSpec = {
  label: 'Essai',
  done: 'Fait',
  fixed: { onBehalf: { channel: 'phone' } },
  fields: [
    { kind: 'choice', name: 'answer', label: 'Réponse', options: [{ value: 'yes', label: 'Oui' }] },
    { kind: 'text', name: 'onBehalf.spokenTo', label: 'Qui' },
    { kind: 'instant', name: 'at', label: 'Quand', initial: 14 * 24 * 60, when: ({ answer }) => answer === 'yes' },
    { kind: 'phone', name: 'phone', label: 'Téléphone', optional: true },
    { kind: 'check', name: 'agreed', label: 'D’accord' },
  ],
}

test('a date some days ahead is proposed in the morning, on the clock of Paris', () => {
  expect(initialValues(spec, now).at).toBe('2026-12-05T09:00')
})

test('a field that does not concern the answer is neither shown, demanded nor sent', () => {
  const values = { ...initialValues(spec, now), answer: 'no', 'onBehalf.spokenTo': 'Secrétariat', agreed: true }
  expect(shownFields(spec, values).map(({ name }) => name)).not.toContain('at')
  expect(fill(spec, values, now)).toEqual({
    body: { onBehalf: { channel: 'phone', spokenTo: 'Secrétariat' }, answer: 'no', agreed: true },
    faults: {},
  })
})

test('what is missing or cannot be read is said by field', () => {
  const { faults } = fill(spec, { ...initialValues(spec, now), answer: 'yes', at: '', phone: '12' }, now)
  expect(faults).toEqual({
    'onBehalf.spokenTo': 'Écrivez quelques mots.',
    at: 'Indiquez la date et l’heure.',
    phone: 'Indiquez un numéro de téléphone complet.',
    agreed: 'Cochez pour confirmer.',
  })
})

test('a dated answer travels as an instant, a phone as E.164', () => {
  const values = {
    answer: 'yes',
    'onBehalf.spokenTo': 'Elle',
    at: '2026-12-05T09:00',
    phone: '06 39 98 15 09',
    agreed: true,
  }
  expect(fill(spec, values, now).body).toMatchObject({ at: '2026-12-05T08:00:00.000Z', phone: '+33639981509' })
})

test('a pointer of the API finds its field', () => {
  expect(fieldAt('/onBehalf/spokenTo')).toBe('onBehalf.spokenTo')
  expect(faultOf({ kind: 'text', name: 'reason', label: 'Motif', fault: 'Indiquez le motif.' })).toBe(
    'Indiquez le motif.',
  )
})
