import { gpSearchMoveFields, MoveGpSearch } from '@maillage/contracts/gp-search'
import { expect, test } from 'vitest'
import { fill, initialValues, type MoveField, type Values } from '../../kernel/acts/move-fields.ts'
import { gpSearchMoves } from './gp-search-moves.ts'

const now = new Date('2026-11-24T09:00:00Z')

/** What somebody in a hurry would answer. */
const answered = (field: MoveField, initial: Values[string] | undefined): Values[string] => {
  if (field.kind === 'choices') return field.options.slice(0, 1).map(({ value }) => value)
  if (field.kind === 'choice') return field.options[0]?.value ?? ''
  if (field.kind === 'check') return true
  if (field.kind === 'text') return 'Samira Haddad'
  if (field.kind === 'instant') return initial || '2026-11-26T14:00'
  return initial ?? ''
}

test.each(Object.keys(gpSearchMoveFields))('« %s » asks for what its contract demands', (action) => {
  const spec = Object.entries(gpSearchMoves).find(([name]) => name === action)?.[1]
  if (!spec) throw new Error(`No words for ${action}`)
  const initial = initialValues(spec, now)
  const values = Object.fromEntries(spec.fields.map((field) => [field.name, answered(field, initial[field.name])]))
  const { body, faults } = fill(spec, values, now)
  expect(faults).toEqual({})
  expect(MoveGpSearch.safeParse({ ...body, action, version: 1 }).error).toBeUndefined()
})
