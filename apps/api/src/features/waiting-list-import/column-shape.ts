import type { DayDate } from '@maillage/contracts/kit/dates'
import type { WaitingListField } from '@maillage/contracts/waiting-list-imports'

import { parseDay } from './parse-day.ts'
import { parsePhones, parseSex, parseYesNo } from './parse-values.ts'
import type { Cell } from './sheets/sheet.ts'

export const shapes = ['day', 'phone', 'email', 'postalCode', 'yesNo', 'sex', 'number', 'nir', 'words'] as const
export type Shape = (typeof shapes)[number]

/** How many of a column's answers have each shape, from 0 to 1; `filled` counts the answers looked at. */
export type ColumnShape = Record<Shape, number> & { filled: number; averageLength: number }

const tests = (today: DayDate): Record<Shape, (cell: Cell) => boolean> => ({
  day: (cell) => cell.day !== undefined || (/\D/.test(cell.text) && 'day' in parseDay(cell, today, 'recent')),
  phone: ({ text }) => parsePhones(text).phones.length > 0,
  email: ({ text }) => /^\S+@\S+\.\S+$/.test(text),
  postalCode: ({ text }) => /^\d{4,5}$/.test(text.replace(/\s/g, '')),
  yesNo: ({ text }) => typeof parseYesNo(text) === 'boolean',
  sex: ({ text }) => parseSex(text) !== undefined,
  number: ({ text }) => /^\d{1,3}(?: ?(?:ans|j|jours|mois))?$/i.test(text),
  nir: ({ text }) => /^[12]\d{2}[01]\d(?:\d{2}|2[AB])\d{6}(?:\d{2})?$/i.test(text.replace(/\s/g, '')),
  words: ({ text }) => /\p{L}{2,}/u.test(text),
})

/** What the answers of a column look like, over its first two hundred. */
export function shapeOf(cells: readonly Cell[], today: DayDate): ColumnShape {
  const answers = cells.filter(({ text }) => text !== '').slice(0, 200)
  const test = tests(today)
  const share = (shape: Shape) => (answers.length === 0 ? 0 : answers.filter(test[shape]).length / answers.length)
  const length = answers.reduce((sum, { text }) => sum + text.length, 0)
  return {
    day: share('day'),
    phone: share('phone'),
    email: share('email'),
    postalCode: share('postalCode'),
    yesNo: share('yesNo'),
    sex: share('sex'),
    number: share('number'),
    nir: share('nir'),
    words: share('words'),
    filled: answers.length,
    averageLength: answers.length === 0 ? 0 : length / answers.length,
  }
}

const expected: Partial<Record<WaitingListField, readonly Shape[]>> = {
  birthName: ['words'],
  lastName: ['words'],
  firstName: ['words'],
  fullName: ['words'],
  birthDate: ['day'],
  registeredAt: ['day'],
  age: ['number'],
  sex: ['sex'],
  phone: ['phone'],
  email: ['email'],
  postalCode: ['postalCode'],
  municipality: ['words'],
  address: ['words'],
  hasLongTermCondition: ['yesNo'],
  solidarityCover: ['yesNo'],
  disabledAdultAllowance: ['yesNo'],
  homebound: ['yesNo'],
  canTravel: ['yesNo'],
  livesAlone: ['yesNo'],
  pregnancyOrInfant: ['yesNo'],
  treatmentDaysLeft: ['number'],
}

const isNamePart = (field: WaitingListField): boolean =>
  field === 'birthName' || field === 'lastName' || field === 'firstName'

/** How far the answers speak for a field (1) or against it (0); undefined when they say nothing either way. */
export function shapeSupports(shape: ColumnShape, field: WaitingListField): number | undefined {
  const wanted = expected[field]
  if (!wanted || shape.filled === 0) return undefined
  if (isNamePart(field) && Math.max(shape.day, shape.phone, shape.yesNo) > 0.5) return 0
  return Math.max(...wanted.map((one) => shape[one]))
}

/** The field that answers give away by themselves, whatever the header: an address of mail, a phone, a secret number. */
export function fieldOfShape(shape: ColumnShape): WaitingListField | undefined {
  if (shape.filled === 0) return undefined
  if (shape.nir > 0.5) return 'refused'
  if (shape.email > 0.7) return 'email'
  return shape.phone > 0.8 ? 'phone' : undefined
}
