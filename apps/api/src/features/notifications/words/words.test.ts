import { describe, expect, test } from 'vitest'
import { noticeKinds } from '../../../kernel/notices/notice-kinds.ts'
import { faultsIn } from './check-words.ts'
import { composeOne, composeSeveral, composeShort } from './compose.ts'
import { forbiddenWordIn } from './forbidden-words.ts'
import { calledCpts, fillIn } from './placeholders.ts'

const words = { subject: 'Bonjour', text: 'Un message.', action: 'Ouvrir', short: 'Un message.' }
const foot = { cpts: 'CPTS d’essai', choices: 'https://maillage.example/notifications' }

describe('the product’s own words', () => {
  test.each(Object.entries(noticeKinds))('%s: no word of health, no unknown placeholder, no address', (_name, kind) => {
    expect(faultsIn(kind, kind.words)).toEqual([])
    for (const part of Object.values(kind.words)) expect(part.trim()).not.toBe('')
    expect(kind.words.short.length).toBeLessThanOrEqual(100)
  })
})

describe('what is refused', () => {
  test.each([
    ['Votre médecin traitant', 'médecin'],
    ['UN PATIENT vous attend', 'PATIENT'],
    ['Retour de l’hôpital', 'hôpital'],
    ['Soins à domicile', 'Soins'],
    ['Une place en EHPAD', 'EHPAD'],
    ['L’ald est notée', 'ald'],
    ['Une sage-femme répond', 'sage-femme'],
  ])('« %s » names something of health: %s', (text, word) => {
    expect(forbiddenWordIn(text)).toBe(word)
  })

  test.each([
    'Une demande à traiter',
    'Aldéric vous écrit',
    'Il reste une proposition',
    'Votre demande est enregistrée',
  ])('« %s » does not', (text) => {
    expect(forbiddenWordIn(text)).toBeUndefined()
  })

  test('an unknown or broken placeholder, an address, a line break in a subject: each by its part', () => {
    const faulty = {
      subject: 'Bonjour {{ nom }}\nBcc: autre',
      text: '{{ cpts }} : voyez https://ailleurs.example',
      action: 'Ouvrir {{ cpts',
      short: '{{ nombre : message }}',
    }
    expect(faultsIn({ values: ['nombre'] }, faulty).map(({ part, code, what }) => [part, code, what])).toEqual([
      ['subject', 'unknown-placeholder', 'nom'],
      ['subject', 'several-lines', 'subject'],
      ['text', 'address', 'https:'],
      ['action', 'broken-placeholder', '{{'],
      ['short', 'broken-placeholder', '{{'],
    ])
  })
})

describe('what is written', () => {
  test('a CPTS is called so once, however its name is kept', () => {
    expect([calledCpts('Pays de Lunel'), calledCpts('CPTS du Cœur')]).toEqual(['CPTS Pays de Lunel', 'CPTS du Cœur'])
  })

  test.each([
    [0, '0 message attend'],
    [1, '1 message attend'],
    [2, '2 messages attendent'],
  ])('%i takes its noun', (nombre, said) => {
    expect(fillIn('{{ nombre : message attend : messages attendent }}', { nombre })).toBe(said)
  })

  test('text and page say the same, and what was typed stays text', () => {
    const said = {
      words: { ...words, text: 'Un <b>message</b>\n\n« {{ cpts }} »' },
      values: { cpts: 'A & B' },
      address: null,
    }
    const { subject, text, html } = composeOne({ ...said, address: 'https://maillage.example/ouvrir/abc' }, foot)
    expect(subject).toBe('Bonjour')
    expect(text).toContain('Un <b>message</b>\n\n« A & B »\n\nOuvrir : https://maillage.example/ouvrir/abc')
    expect(html).toContain('Un &lt;b&gt;message&lt;/b&gt;')
    expect(html).toContain('A &amp; B')
    expect(html).toContain('href="https://maillage.example/ouvrir/abc"')
    expect(html).not.toMatch(/<(script|img|link|iframe)/)
    expect(composeOne(said, { ...foot, choices: null }).text).not.toContain('Choisir')
  })

  test('several become one message, with each link', () => {
    const digest = { ...words, subject: '{{ nombre : message : messages }}', text: 'Depuis hier :' }
    const all = [1, 2].map((at) => ({ words, values: {}, address: `https://maillage.example/ouvrir/${at}` }))
    const { subject, text, html } = composeSeveral({ words: digest, values: { nombre: 2 }, address: null }, all, foot)
    expect(subject).toBe('2 messages')
    for (const { address } of all) {
      expect(text).toContain(`- Bonjour : ${address}`)
      expect(html).toContain(address)
    }
  })

  test('a text message is short, then its link', () => {
    expect(composeShort({ words, values: {}, address: 'https://m.example/x' })).toBe('Un message. https://m.example/x')
  })
})
