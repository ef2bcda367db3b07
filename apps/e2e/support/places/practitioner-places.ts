import { at, byButton, type Place } from './place.ts'

/** What a practitioner sees, and the secretariat that acts in their name. */
export const practitionerPlaces: readonly Place[] = [
  { name: 'propositions', person: 'medecin', address: at('/propositions') },
  {
    name: 'proposition',
    person: 'medecin',
    address: ({ pendingProposal }) => pendingProposal && `/propositions/${pendingProposal}`,
    states: [byButton('decliner', 'Décliner')],
  },
  {
    name: 'proposition-acceptee',
    person: 'medecin',
    address: ({ acceptedProposal }) => acceptedProposal && `/propositions/${acceptedProposal}`,
  },
  { name: 'mes-patients', person: 'medecin', address: at('/mes-patients') },
  { name: 'mes-places', person: 'medecin', address: at('/mes-places') },
  { name: 'ma-fiche', person: 'medecin', address: at('/ma-fiche'), guide: { width: 1280, file: 'ma-fiche.png' } },
  { name: 'retours', person: 'medecin', address: at('/retours') },
  {
    name: 'mes-creneaux',
    person: 'medecin',
    // The week to come: on a Sunday nothing of this one is left to see.
    address: () => `/mes-creneaux?semaine=${new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)}`,
    guide: { file: 'mes-creneaux.png', width: 1280 },
    states: [byButton('publier', 'Publier'), byButton('modifier', /^Modifier/), byButton('arreter', /^Arrêter/)],
  },
  { name: 'messages', person: 'medecin', address: at('/messages') },
  {
    name: 'notifications',
    person: 'medecin',
    address: at('/notifications'),
    guide: { file: 'mes-notifications.png', width: 360 },
  },
  { name: 'choisir-un-role', person: 'medecin', address: at('/choisir-un-role'), menus: false },
  {
    name: 'mon-secretariat',
    person: 'medecin',
    address: at('/mon-secretariat'),
    states: [byButton('nommer', 'Nommer un secrétariat'), byButton('droits', 'Changer les droits')],
    guide: { file: 'mon-secretariat.png', width: 1280 },
  },
  {
    name: 'propositions-du-secretariat',
    person: 'secretariat',
    address: at('/propositions'),
    guide: { file: 'propositions-du-secretariat.png', width: 360 },
  },
  { name: 'patients-du-secretariat', person: 'secretariat', address: at('/mes-patients') },
  { name: 'places-du-secretariat', person: 'secretariat', address: at('/mes-places') },
  { name: 'mes-praticiens', person: 'secretariat', address: at('/mes-praticiens') },
]
