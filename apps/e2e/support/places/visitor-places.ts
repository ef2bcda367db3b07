import { at, type Place, sentAsIs } from './place.ts'
import { codeStep } from './security-places.ts'

/** What opens without an account. */
export const visitorPlaces: readonly Place[] = [
  {
    name: 'connexion',
    person: 'visitor',
    address: at('/connexion'),
    states: [sentAsIs('vide', /^Se connecter$/), codeStep],
  },
  {
    name: 'connexion-refusee',
    person: 'visitor',
    address: at('/connexion?refus=unknown-professional&par=pro-sante-connect'),
  },
  {
    name: 'mot-de-passe-oublie',
    person: 'visitor',
    address: at('/nouveau-mot-de-passe'),
    states: [sentAsIs('vide', /^Recevoir un lien$/)],
  },
  { name: 'nouveau-mot-de-passe', person: 'visitor', address: at(`/nouveau-mot-de-passe#${'a'.repeat(64)}`) },
  {
    name: 'seconde-preuve-perdue',
    person: 'visitor',
    address: at('/seconde-preuve/perdue'),
    states: [sentAsIs('vide', /^Demander son retrait$/)],
  },
  { name: 'seconde-preuve-demande', person: 'visitor', address: at(`/seconde-preuve/demande#${'a'.repeat(64)}`) },
  { name: 'seconde-preuve-opposition', person: 'visitor', address: at(`/seconde-preuve/opposition#${'a'.repeat(64)}`) },
  { name: 'accessibilite', person: 'visitor', address: at('/accessibilite') },
  { name: 'demande', person: 'visitor', address: at('/demande?ville=lunel') },
  {
    name: 'demande-commune',
    person: 'visitor',
    address: at('/demande?commune=34145'),
    guide: { width: 360, file: 'demande-en-ligne.png' },
    states: [
      {
        name: 'premiere-page',
        open: async (page) => {
          await page.getByRole('button', { name: 'Commencer' }).click()
          await page.getByLabel('Prénom').waitFor()
          return undefined
        },
      },
      {
        name: 'premiere-page-incomplete',
        open: async (page) => {
          await page.getByRole('button', { name: 'Commencer' }).click()
          await page.getByRole('button', { name: 'Continuer' }).click()
          await page.getByRole('alert').waitFor()
          return undefined
        },
      },
    ],
  },
  { name: 'demande-non-couverte', person: 'visitor', address: at('/demande?commune=75056') },
  {
    name: 'suivi-lien-perdu',
    person: 'visitor',
    address: at('/suivi/lien-perdu'),
    states: [sentAsIs('vide', 'Envoyer un nouveau lien')],
  },
  { name: 'invitation-perdue', person: 'visitor', address: at('/invitation/perdue') },
]
