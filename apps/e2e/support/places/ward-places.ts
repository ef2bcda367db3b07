import { at, type Place } from './place.ts'

/** The screens of a hospital ward. */
export const wardPlaces: readonly Place[] = [
  { name: 'sorties-du-service', person: 'hopital', address: at('/sorties-du-service') },
  { name: 'sorties-faites', person: 'hopital', address: at('/sorties-du-service?faites=oui'), menus: false },
  ...['patient', 'sejour', 'besoins', 'verifications'].map(
    (step): Place => ({
      name: `nouvelle-sortie-${step}`,
      person: 'hopital',
      address: at(`/sorties-du-service/nouvelle?etape=${step}`),
    }),
  ),
  { name: 'modeles', person: 'hopital', address: at('/modeles-de-sortie') },
  {
    name: 'sortie-du-service',
    person: 'hopital',
    address: ({ wardDischarge }) => wardDischarge && `/sorties-du-service/${wardDischarge}`,
  },
]
