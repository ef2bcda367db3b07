import type { DayDate } from '@maillage/contracts/kit/dates'
import { expect, test } from 'vitest'
import { referenceMunicipalities } from '../../../reference/find-municipality.ts'
import type { GivenFile } from './list-requests.ts'
import { readLines, readList } from './read-list.ts'

const count = 3000
const line = (n: number): string => `VALMORIN;Lucette${'a'.repeat(n % 7)};12/03/${1930 + (n % 80)};F;33000;Bordeaux`
const fileOf = (text: string): GivenFile => ({
  content: Buffer.from(text),
  choices: [],
  // A day as such lists are read on.
  today: '2026-03-02' as DayDate,
})
const large = fileOf(
  ['Nom;Prénom;Né(e) le;Sexe;Code postal;Ville', ...Array.from({ length: count }, (_, n) => line(n))].join('\r\n'),
)
const patience = 120_000

test(
  'a large list is read in a thread of its own, its lines some at a time and in their order',
  async () => {
    expect(large.content.length).toBeGreaterThan(128 * 1024)
    const numbers: number[] = []
    for await (const some of readLines(large, referenceMunicipalities)) {
      expect(some.length).toBeLessThanOrEqual(50)
      numbers.push(...some.map((one) => one.line))
    }
    expect(numbers).toEqual(Array.from({ length: count }, (_, n) => n + 2))
  },
  patience,
)

test(
  'the thread answers as this one would, and refuses what is no list with its cause',
  async () => {
    const shape = await readList(large, { ask: 'shape' }, referenceMunicipalities)
    expect(shape).toMatchObject({ lines: count, headerLine: 1, problems: [] })
    const none = fileOf(`bonjour;tout;le;monde\n${'1;2;3;4\n'.repeat(20_000)}`)
    await expect(readList(none, { ask: 'shape' }, referenceMunicipalities)).rejects.toMatchObject({
      code: 'invalid-field',
      extras: { errors: [{ pointer: '', code: 'no-header' }] },
    })
  },
  patience,
)
