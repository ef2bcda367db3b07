import { at, type Place } from './place.ts'

/** The screens of an administrator. */
export const administrationPlaces: readonly Place[] = [
  { name: 'journal-administration', person: 'admin', address: at('/journal') },
  {
    name: 'modeles-de-messages',
    person: 'admin',
    address: at('/modeles-de-messages?genre=proposal-received'),
    guide: { file: 'modeles-de-messages.png', width: 1280 },
  },
  {
    name: 'qui-a-consulte-administration',
    person: 'admin',
    address: ({ cases }) => cases['gp-search'] && `/journal?dossier=${cases['gp-search']}`,
    guide: { file: 'qui-a-consulte.png', width: 1280 },
  },
  {
    name: 'lectures-inhabituelles',
    person: 'admin',
    address: at('/lectures-inhabituelles'),
    guide: { file: 'lectures-inhabituelles.png', width: 1280 },
    states: [
      {
        name: 'expliquer',
        open: async (page) => {
          await page
            .getByRole('button', { name: /^Vu, expliqué/ })
            .first()
            .click()
          await page.getByLabel('Ce qui l’explique').waitFor()
          return undefined
        },
      },
    ],
  },
  { name: 'envois', person: 'admin', address: at('/envois') },
  { name: 'comptes', person: 'admin', address: at('/comptes'), guide: { file: 'comptes.png', width: 1280 } },
  { name: 'reglages', person: 'admin', address: at('/reglages'), guide: { file: 'reglages.png', width: 1280 } },
  {
    name: 'demande-en-ligne',
    person: 'admin',
    address: at('/demande-en-ligne'),
    guide: { width: 1280, file: 'demande-en-ligne-administration.png' },
    states: [
      {
        name: 'nouvelle-version',
        open: async (page) => {
          await page.getByRole('button', { name: 'Rédiger une nouvelle version' }).click()
          await page.getByLabel(/Nouvelle version/).waitFor()
          return undefined
        },
      },
    ],
  },
]
