import { expect, test } from 'vitest'
import { blankForm, type PublishForm, publicationOf } from './publish-form.ts'

const form = (over: Partial<PublishForm> = {}): PublishForm => ({ ...blankForm('2026-06-02'), ...over })

test('one day is sent as it was typed, and shown to the regulation and the CPTS unless told otherwise', () => {
  expect(publicationOf(form({ time: '09:30', count: 3 }))).toMatchObject({
    kind: 'day',
    body: { day: '2026-06-02', time: '09:30', count: 3, visibility: ['SNP', 'CPTS'] },
  })
})

test('a repetition begins on the weekday of the day chosen, and keeps its exceptions', () => {
  const repeated = form({ isRepeated: true, excluded: ['2026-06-09'], until: '' })
  expect(publicationOf(repeated)).toMatchObject({
    kind: 'series',
    body: { days: ['tue'], from: '2026-06-02', excluded: ['2026-06-09'], everyWeeks: 1 },
  })
  const publication = publicationOf(repeated)
  expect(publication.kind === 'series' && 'until' in publication.body).toBe(false)
})

test.each([
  ['no day', { day: '' }, 'Indiquez le jour.'],
  ['no hour', { time: '' }, 'Indiquez l’heure du premier créneau.'],
  ['nobody to show it to', { visibility: [] }, 'Choisissez à qui montrer ces créneaux.'],
  ['a repetition without a weekday', { isRepeated: true, days: [] }, 'Choisissez au moins un jour de la semaine.'],
  ['a length that is none', { durationMinutes: 0 }, 'Un champ n’est pas rempli comme attendu.'],
])('%s is said before anything is sent', (_what, over, fault) => {
  expect(publicationOf(form(over))).toEqual({ kind: 'fault', fault })
})
