import { expect, test } from 'vitest'
import { nameRepeated } from './prepared-names.ts'

const text = (number: number) => ({ text: `select ${number} where $1` })

test('a statement that comes again is named, each text by its own name', () => {
  const name = nameRepeated()
  expect(name(text(1))).toEqual(text(1))
  expect(name(text(2))).toEqual(text(2))
  expect(name(text(1))).toEqual({ ...text(1), name: 'again_1' })
  expect(name(text(2))).toEqual({ ...text(2), name: 'again_2' })
  expect(name(text(1))).toEqual({ ...text(1), name: 'again_1' })
})

test('a statement that has a name keeps it', () => {
  const name = nameRepeated()
  const own = { ...text(1), name: 'own' }
  expect([name(own), name(own)]).toEqual([own, own])
})

test('texts without end take no more names than agreed', () => {
  const name = nameRepeated(3)
  const names = new Set<string | undefined>()
  for (let number = 0; number < 100; number += 1) {
    name(text(number))
    names.add(name<{ text: string; name?: string }>(text(number)).name)
  }
  expect([...names]).toEqual(['again_1', 'again_2', 'again_3', undefined])
  expect(name(text(0))).toEqual({ ...text(0), name: 'again_1' })
})

test('a bulk insert is never named', () => {
  const name = nameRepeated()
  const bulk = { text: `insert ${'($1), '.repeat(3000)}` }
  expect([name(bulk), name(bulk)]).toEqual([bulk, bulk])
})
