import type { TimelineEntry } from '@maillage/contracts/cases'
import { expect, test } from 'vitest'
import { kept, shownLines, toldAt } from './story-lines.ts'

const entry = (over: Partial<TimelineEntry>): TimelineEntry => ({
  id: `e-${over.type}-${over.at}-${over.practitioner}`,
  at: '2026-11-24T09:00:00.000Z',
  type: 'move',
  action: 'qualify',
  by: 'Claire Bonnet',
  byRole: 'coordinator',
  fromStatus: null,
  toStatus: null,
  reason: null,
  text: null,
  practitioner: null,
  onBehalf: null,
  ...over,
})
const reading = { kind: 'gp-search', reasonLabels: {}, me: 'Claire Bonnet' } as const
const story = [
  entry({ type: 'note', text: 'Vue ce matin', action: 'add', by: 'Samira Haddad' }),
  entry({ type: 'message', text: 'Bien reçu', action: 'add', by: 'CCAS de Lunel' }),
  entry({ type: 'contact-attempt', action: 'phone', reason: 'voicemail' }),
  entry({ type: 'proposal', action: 'sent', practitioner: 'Dr Vasseur' }),
  entry({ type: 'owner', action: 'take' }),
]

test('what was said and how far it went are read apart, or together', () => {
  expect(kept(story, 'exchanges').map(({ type }) => type)).toEqual(['note', 'message', 'contact-attempt'])
  expect(kept(story, 'steps').map(({ type }) => type)).toEqual(['proposal', 'owner'])
  expect(kept(story, 'all')).toHaveLength(5)
})

test('each line says who, what and the words they left; one’s own deeds are told as « Vous »', () => {
  const [note, message, call] = shownLines(story, reading)
  expect(note).toMatchObject({ by: 'Samira Haddad', what: 'a ajouté une note', quote: 'Vue ce matin' })
  expect(message).toMatchObject({ by: 'CCAS de Lunel', quote: 'Bien reçu' })
  expect(call).toMatchObject({ by: 'Vous' })
  expect(call?.what).toMatch(/^avez tenté de joindre/)
})

test('offers sent together make one line, those of another day their own', () => {
  const sent = (practitioner: string, at: string) => entry({ type: 'proposal', action: 'sent', practitioner, at })
  const lines = shownLines(
    [
      sent('Dr Vasseur', '2026-11-24T09:00:10.000Z'),
      sent('Dr Teissèdre', '2026-11-24T09:00:05.000Z'),
      sent('Dr Belkacem', '2026-11-24T09:00:00.000Z'),
      sent('Dr Courtade', '2026-11-20T09:00:00.000Z'),
    ],
    reading,
  )
  expect(lines.map(({ what }) => what)).toEqual(['avez proposé à Dr Vasseur et 2 autres', 'avez proposé à Dr Courtade'])
})

test('a step that an offer caused is read in the offer’s own line', () => {
  const at = '2026-11-24T08:00:00.000Z'
  const lines = shownLines(
    [
      entry({ at, action: 'proposal-sent' }),
      entry({ at, type: 'proposal', action: 'sent', practitioner: 'Dr Vasseur' }),
    ],
    reading,
  )
  expect(lines.map(({ what }) => what)).toEqual(['avez proposé à Dr Vasseur'])
})

test('a link names the other case in its sentence, and quotes nothing', () => {
  const [line] = shownLines([entry({ type: 'link', action: 'link', text: 'SH-2026-0071' })], reading)
  expect(line).toMatchObject({ what: 'avez lié ce dossier à SH-2026-0071', quote: null })
})

test('a past moment is told without its day of the week', () => {
  const now = new Date('2026-11-24T10:00:00Z')
  expect(toldAt(new Date('2026-11-20T15:05:00Z'), now).replaceAll(/\s/g, ' ')).toBe('20 nov. 16:05')
  expect(toldAt(new Date('2026-11-23T15:05:00Z'), now).replaceAll(/\s/g, ' ')).toBe('hier 16:05')
})
