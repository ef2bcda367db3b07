import { expect, test } from 'vitest'
import { PatientId } from './ids.ts'

test('an id written in capitals is the same id', () => {
  expect(PatientId.parse('01A203D2-DAFF-7074-8943-567C5100FD59')).toBe('01a203d2-daff-7074-8943-567c5100fd59')
  expect(PatientId.safeParse('01A203D2').success).toBe(false)
})
