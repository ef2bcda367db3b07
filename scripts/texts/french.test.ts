import { expect, test } from 'vitest'
import { faultsOf } from './french.mjs'
import { textsOfCode } from './screen-texts.mjs'

test.each([
  ['Proposer au Dr Vasseur ?', 'narrow no-break space before ; ! ?'],
  ['Échéance : demain', 'no-break space before :'],
  ['« Autre »', 'no-break space inside « »'],
  ["L'appel", 'typographic apostrophe'],
  ['Envoi...', 'ellipsis as one sign'],
  ['Deux  mots', 'double space'],
  ['Bravo\u202F!', 'no exclamation mark'],
  ['Veuillez patienter', 'ask, do not order (« Veuillez », « Merci de »)'],
  ['OK', 'say what the button does (« OK », « Valider », « Soumettre »)'],
  ['3 place(s)', 'plural or gender in brackets'],
  ['Statut not_needed', 'a code of the program'],
  ['Votre email', 'an English word'],
])('« %s » is refused', (text, rule) => {
  expect(faultsOf(text)).toContain(rule)
})

test.each([
  'Pourquoi déclinez-vous\u202F?',
  'Échéance\u00A0: demain 14:00',
  '«\u00A0Autre…\u00A0»',
  'L’appel',
  'claire@demo.maillage.example',
  'Voir le statut, puis rappeler',
])('« %s » passes', (text) => {
  expect(faultsOf(text)).toEqual([])
})

test('a text is found with its line, and an expression leaves its place', () => {
  const day = '$' + '{day}'
  const code = `import x from 'a b'\nconst words = { 'gp-search': \`Né le ${day}\u00A0: oui\`, other: 'px-4 py-2' }\n`
  expect(textsOfCode(code)).toEqual([{ text: 'Né le \uFFFC\u00A0: oui', line: 2 }])
})
