import { describe, expect, test } from 'vitest'
import { soundOf } from './french-phonetics.ts'

// Invented names, each written in the ways that a switchboard hears.
describe('names that sound alike have one sound', () => {
  test.each([
    ['Larebvre', 'Larevre'],
    ['Gothier', 'Gautier', 'Gaultier'],
    ['Morandot', 'Morandeau', 'Morandaud'],
    ['Philibaud', 'Filibot'],
    ['Tomassin', 'Thomassin'],
    ['Kassandre', 'Cassandre'],
    ['Katelyne', 'Catheline'],
    ['Mathurel', 'Matthurel', 'Maturel'],
    ['Sylvandre', 'Silvandre'],
    ['Hélodie', 'Élodie', 'Elaudie'],
    ['Chrisandre', 'Crisandre'],
    ['Jean-Philbert', 'jan filbert'],
    ['Quentinois', 'Kentinois'],
    ['Bertrandeaux', 'Bertrando'],
    ['De La Tourelle', 'Tourelle'],
    ['Renauld', 'Renault', 'Renaud', 'Reno'],
    ['Péron', 'Perron'],
    ['Guyomarch', 'Guiomarch'],
    ['Phaÿlis', 'Faylis'],
  ])('%s', (first, ...others) => {
    for (const other of others) expect([other, soundOf(other)]).toEqual([other, soundOf(first)])
  })
})

describe('names that sound otherwise do not', () => {
  test.each([
    ['Martel', 'Mortel'],
    ['Camille', 'Camelle'],
    ['Louison', 'Louisan'],
    ['Bessac', 'Bezac'],
    ['Chantel', 'Cantel'],
    ['Lorain', 'Loran'],
    ['Anne', 'Annie'],
  ])('%s and %s', (one, other) => {
    expect(soundOf(one)).not.toBe(soundOf(other))
  })
})

test('whatever is typed has a sound, and never one of nothing', () => {
  for (const name of ['H', 'E', 'Œ', 'X', "d'", 'Ng', '李', '🙂 Ana', '  ', '42'])
    expect([name, soundOf(name).length > 0]).toEqual([name, name.trim() !== ''])
})
