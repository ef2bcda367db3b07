import type { IdentityStatus, PatientIdentity } from '@maillage/contracts/coordination/patient-identity'

/** The four statuses of an identity, in the words of the référentiel national d’identitovigilance. */
export const identityStatusWords: Readonly<Record<IdentityStatus, string>> = {
  provisional: 'Provisoire',
  retrieved: 'Récupérée',
  validated: 'Validée',
  qualified: 'Qualifiée',
}

/** What each status stands for. */
export const identityStatusMeaning: Readonly<Record<IdentityStatus, string>> = {
  provisional: 'déclarée, rien n’a été vérifié',
  retrieved: 'lue dans le téléservice INSi, aucun papier vu',
  validated: 'papier d’identité vu, sans le téléservice INSi',
  qualified: 'papier d’identité vu et téléservice INSi interrogé',
}

const authorityWords = { nir: 'NIR', nia: 'NIA', test: 'Numéro de test' } as const

/** « NIR terminé par 38 »: enough to check a card, too little to be of use to anybody else. */
export const endingInWords = ({ authority, ending }: Pick<PatientIdentity, 'authority' | 'ending'>): string =>
  authority && ending ? `${authorityWords[authority]} masqué, terminé par ${ending}` : 'Non renseigné'
