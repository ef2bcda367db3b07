import { DayDate } from '@maillage/contracts/kit/dates'
import { describe, expect, test } from 'vitest'
import { revealsIdentity } from './preview-identity.ts'
import { ageBandOf } from './proposals.view.ts'

const patient = {
  birthName: 'Le Guénnec',
  lastName: 'Martin-Oliveira',
  firstName: 'Éloïse',
  birthDate: DayDate.parse('1947-02-28'),
  phones: ['+33639980001'],
  email: 'eloise@essai.example',
  addressLine: '12 bis rue des Cigales Bleues',
  guardian: null,
  caregiver: { name: 'Dominique Essai', relationship: 'sœur' },
  trustedPerson: { name: 'La voisine' },
}

describe('a note that would tell who it is', () => {
  test.each([
    'Mme MARTIN OLIVEIRA',
    'voir avec eloise',
    'née le guennec',
    'Madame Oliveira attend un appel',
    'joindre au 06 39 98 00 01',
    'joindre au 06.39.98.00.01 le soir',
    'écrire à eloise@essai.example',
    'écrire à autre@essai.example',
    'rue des cigales bleues, troisième étage',
    'née le 28/02/1947',
    'née le 28 02 1947',
    '1947-02-28',
    'née le 28 février 1947',
    'joindre au 06/39/98/00/01',
    'joindre au +33 (0) 6 39 98 00 01',
    'joindre au ０６ ３９ ９８ ００ ０１',
    'Mme Mar\u00adtin',
    'voir avec sa sœur, Dominique Essai',
  ])('%s', (note) => expect(revealsIdentity(note, patient)).toBe(true))
})

describe('a note that tells nobody', () => {
  test.each([
    'Diabète et insuffisance cardiaque, ne conduit plus',
    'Rue calme, troisième étage sans ascenseur',
    'Il lui reste 12 jours de traitement',
    'Préfère le matin, entre 9 h et 11 h 🙂',
    'Hospitalisée du 3 au 12 novembre',
    'Vit avec sa sœur, aidée par la nièce et un voisin',
    'Suivi le 28 février, puis en 2026',
    'Tension 12/8, poids 74,5 kg, 3 passages par jour, 7 jours sur 7',
  ])('%s', (note) => expect(revealsIdentity(note, patient)).toBe(false))
})

test.each([
  [0, '0–4'],
  [17, '15–19'],
  [82, '80–84'],
  [89, '85–89'],
  [90, '90+'],
  [104, '90+'],
])('%i years are said as %s', (age, band) => expect(ageBandOf(age)).toBe(band))
