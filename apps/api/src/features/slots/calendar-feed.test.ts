import { expect, test } from 'vitest'
import { writeCalendar } from './calendar-feed.ts'

const visit = {
  id: '0192b748-49c4-702e-80b8-378497deabad',
  startsAt: '2026-10-25 00:30:00+00',
  endsAt: '2026-10-25 00:50:00+00',
  since: '2026-10-20 08:00:00+00',
}

test('a calendar tells when somebody is taken, in UTC, and nothing else', () => {
  const lines = writeCalendar([visit]).split('\r\n')
  expect(lines).toContain('DTSTART:20261025T003000Z')
  expect(lines).toContain('DTEND:20261025T005000Z')
  expect(lines.filter((line) => line.startsWith('SUMMARY:'))).toEqual(['SUMMARY:Occupé — Maillage'])
  expect(lines.filter((line) => /^(DESCRIPTION|LOCATION|ATTENDEE|ORGANIZER|URL)/.test(line))).toEqual([])
})

test('the same visits are written the same, so that whoever follows it is told that nothing changed', () => {
  expect(writeCalendar([visit])).toBe(writeCalendar([visit]))
  expect(writeCalendar([])).toContain('END:VCALENDAR')
})
