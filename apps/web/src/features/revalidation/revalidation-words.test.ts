import type { ReasonsReport } from '@maillage/contracts/revalidation'
import { expect, test } from 'vitest'
import { partInWords, previewInWords, reasonsCsv, reasonTables, share } from './revalidation-words.ts'

const report: ReasonsReport = {
  from: '2026-01-01' as ReasonsReport['from'],
  to: '2026-03-31' as ReasonsReport['to'],
  entered: 8,
  byLoss: [
    { code: 'retired', count: 5 },
    { code: 'unknown', count: 3 },
  ],
  byChannel: [{ code: 'public', count: 8 }],
  byRequester: [{ code: 'patient', count: 8 }],
  left: 4,
  byExit: [{ code: 'declared', count: 4 }],
}

test('each count stands over the total of its side', () => {
  const [why, , , out] = reasonTables(report)
  expect(why).toMatchObject({ of: 8, rows: [{ label: 'Médecin parti à la retraite', count: 5 }, { count: 3 }] })
  expect(out).toMatchObject({ of: 4, rows: [{ label: 'Médecin traitant déclaré', count: 4 }] })
  expect([share(5, 8), share(0, 8), share(0, 0)]).toEqual(['63\u00A0%', '0\u00A0%', ''])
})

test('the file opens in a French spreadsheet and holds counts alone', () => {
  const lines = reasonsCsv(report).split('\r\n')
  expect(lines[0]).toBe('\uFEFFDu;Au;Tableau;Motif;Nombre;Total')
  expect(lines[1]).toBe('2026-01-01;2026-03-31;"Entrées\u00A0: pourquoi";"Médecin parti à la retraite";5;8')
})

test('a campaign says whom it would ask, and which part it is', () => {
  const byChannel = { email: 12, sms: 3, phone: 0, letter: 1 }
  const preview = { total: 16, byChannel, alreadyAsked: 2, most: 20_000 }
  expect(previewInWords(preview)).toBe(
    '16\u00A0demandes\u00A0: 12 par e-mail, 3 par SMS, 1 par courrier. 2\u00A0autres sont déjà interrogées.',
  )
  const none = { email: 0, sms: 0, phone: 0, letter: 0 }
  expect(previewInWords({ ...preview, total: 0, alreadyAsked: 0, byChannel: none })).toBe(
    'Aucune demande à interroger.',
  )
  expect(partInWords({ part: {}, municipalityName: null })).toBe('Toute la liste')
  expect(partInWords({ part: { municipality: '33063', band: 'P3' }, municipalityName: 'Bordeaux' })).toBe(
    'Bordeaux, P3',
  )
})
