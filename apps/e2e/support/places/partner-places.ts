import { at, byButton, type Place, sentAsIs } from './place.ts'

/** The partners as the coordination keeps them, and what a partner who sends requests sees. */
export const partnerPlaces: readonly Place[] = [
  {
    name: 'partenaires',
    person: 'coordination',
    address: at('/partenaires'),
    guide: { file: 'partenaires.png', width: 1280 },
  },
  {
    name: 'partenaire',
    person: 'coordination',
    address: ({ partner }) => partner && `/partenaires/${partner}`,
    states: [byButton('renouveler', 'Renouveler'), byButton('mettre-fin', 'Mettre fin')],
    guide: { file: 'partenaire.png', width: 1280 },
  },
  {
    name: 'nouveau-partenaire',
    person: 'coordination',
    address: at('/partenaires/nouveau'),
    states: [sentAsIs('incomplet', 'Enregistrer')],
  },
  {
    name: 'modifier-partenaire',
    person: 'coordination',
    address: ({ partner }) => partner && `/partenaires/${partner}/modifier`,
  },
  { name: 'mes-demandes', person: 'ccas', address: at('/mes-demandes') },
  { name: 'mes-demandes-terminees', person: 'ccas', address: at('/mes-demandes?terminees=oui'), menus: false },
  { name: 'demande-ccas', person: 'ccas', address: at('/nouvelle-demande/unscheduled-care') },
]
