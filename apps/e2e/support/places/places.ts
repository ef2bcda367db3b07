import type { CaseKindName } from '@maillage/contracts/cases'
import type { Found } from './found.ts'
import { at, byButton, byKey, byMenu, type Place, type PlaceState, sentAsIs, unfolded } from './place.ts'

const others = /^Autres actions/
const caseOf =
  (kind: CaseKindName) =>
  ({ cases }: Found): string | undefined =>
    cases[kind] && `/dossiers/${cases[kind]}`

const withoutResult: PlaceState = {
  name: 'recherche-sans-resultat',
  open: async (page) => {
    await page.keyboard.press('/')
    await page.keyboard.type('zzzzzz')
    await page
      .getByRole('main')
      .getByText(/Aucun|Rien|aucun/)
      .first()
      .waitFor()
    return undefined
  },
}
const severalChosen: PlaceState = {
  name: 'plusieurs-choisis',
  open: async (page) => {
    const boxes = page.getByRole('main').locator('tbody').getByRole('checkbox')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    return undefined
  },
}

/**
 * Every screen and every state that can be opened from it: what the accessibility sweep visits and what
 * `pnpm screenshots` takes. A new screen is one more line; a route without a line fails the sweep.
 */
const coordination: readonly Place[] = [
  {
    name: 'accueil',
    person: 'coordination',
    address: at('/accueil'),
    states: [
      byKey('palette', 'Control+k'),
      byKey('palette-trouve', 'Control+k', 'martin'),
      byKey('palette-rien', 'Control+k', 'zzzzzz'),
      byKey('raccourcis', '?'),
    ],
  },
  { name: 'passation', person: 'coordination', address: at('/passation') },
  { name: 'absences', person: 'coordination', address: at('/absences') },
  { name: 'revalidation', person: 'coordination', address: at('/revalidation') },
  { name: 'revalidation-courriers', person: 'coordination', address: at('/revalidation?vue=letter') },
  {
    name: 'revalidation-campagnes',
    person: 'coordination',
    address: at('/revalidation?vue=campaigns'),
    states: [byButton('campagne', 'Lancer une campagne')],
    guide: { file: 'revalidation-campagnes.png', width: 1280 },
  },
  {
    name: 'revalidation-motifs',
    person: 'coordination',
    address: at('/revalidation?vue=reasons'),
    guide: { file: 'revalidation-motifs.png', width: 1280 },
  },
  { name: 'doublons', person: 'coordination', address: at('/doublons') },
  { name: 'doublons-fusions', person: 'coordination', address: at('/doublons?vue=merges') },
  {
    name: 'comparer-deux-fiches',
    person: 'coordination',
    address: ({ duplicate }) => duplicate && `/doublons/${duplicate}`,
    states: [byButton('fusionner', /fusionner/)],
  },
  { name: 'fiche-patient', person: 'coordination', address: ({ patient }) => patient && `/patients/${patient}` },
  {
    name: 'dossier-foyer',
    person: 'coordination',
    address: ({ household }) => household && `/dossiers/${household}`,
    menus: false,
    states: [byButton('ajouter', 'Ajouter une personne'), byButton('separer', /^Séparer/)],
  },
  { name: 'file', person: 'coordination', address: at('/file'), states: [severalChosen, withoutResult] },
  {
    name: 'file-volet',
    person: 'coordination',
    address: ({ cases }) => cases['gp-search'] && `/file?dossier=${cases['gp-search']}`,
    menus: false,
  },
  {
    name: 'dossier-medecin-traitant',
    person: 'coordination',
    address: caseOf('gp-search'),
    states: [
      byMenu('clore', others, /^Clore/),
      byMenu('fiche-patient', others, 'Modifier la fiche du patient'),
      byButton('priorite', 'Modifier la priorité'),
    ],
  },
  {
    name: 'dossier-soin-non-programme',
    person: 'coordination',
    address: caseOf('unscheduled-care'),
    states: [byMenu('fiche-patient', others, 'Modifier la fiche du patient')],
  },
  {
    name: 'creneaux-libres',
    person: 'coordination',
    guide: { file: 'creneaux-libres.png', width: 1280 },
    address: ({ freeSlotsCare }) => freeSlotsCare && `/dossiers/${freeSlotsCare}`,
    menus: false,
  },
  { name: 'creneaux-du-jour', person: 'coordination', address: at('/creneaux') },
  { name: 'dossier-sortie', person: 'coordination', address: caseOf('hospital-discharge') },
  {
    name: 'demande-medecin-traitant',
    person: 'coordination',
    address: at('/nouvelle-demande/gp-search'),
    states: [sentAsIs('incomplete', /^Enregistrer/)],
  },
  { name: 'demande-soin-non-programme', person: 'coordination', address: at('/nouvelle-demande/unscheduled-care') },
  { name: 'tableau-des-sorties', person: 'coordination', address: at('/sorties') },
  {
    name: 'feuille-de-sortie',
    person: 'coordination',
    address: ({ cases }) => cases['hospital-discharge'] && `/sorties/${cases['hospital-discharge']}/feuille`,
  },
  {
    name: 'annuaire',
    person: 'coordination',
    address: at('/annuaire'),
    states: [unfolded('autres-filtres', 'Autres filtres', 'Langue')],
  },
  {
    name: 'fiche-soignant',
    person: 'coordination',
    address: ({ practitioner }) => practitioner && `/annuaire/${practitioner}`,
  },
  {
    name: 'fiche-soignant-modifier',
    person: 'coordination',
    address: ({ practitioner }) => practitioner && `/annuaire/${practitioner}/fiche`,
    menus: false,
  },
  {
    name: 'equipes',
    person: 'coordination',
    address: at('/annuaire/equipes'),
    guide: { width: 1280, file: 'equipes.png' },
    states: [unfolded('nouvelle', 'Nouvelle équipe', 'Nom')],
  },
  { name: 'reprises', person: 'coordination', address: at('/reprises') },
  {
    name: 'reprise-lue',
    person: 'coordination',
    address: ({ waitingListImport }) => `/reprises/${waitingListImport}`,
  },
  { name: 'journal', person: 'coordination', address: at('/journal') },
  { name: 'messages-non-remis', person: 'coordination', address: at('/messages-non-remis') },
  { name: 'adresse-inconnue', person: 'coordination', address: at('/adresse-inconnue'), menus: false },
]

const practitioner: readonly Place[] = [
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
    states: [byButton('publier', 'Publier'), byButton('arreter', /^Arrêter/)],
  },
  { name: 'messages', person: 'medecin', address: at('/messages') },
  {
    name: 'notifications',
    person: 'medecin',
    address: at('/notifications'),
    guide: { file: 'mes-notifications.png', width: 360 },
  },
  { name: 'choisir-un-role', person: 'medecin', address: at('/choisir-un-role'), menus: false },
]

const ward: readonly Place[] = [
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

const partnership: readonly Place[] = [
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
]

const delegation: readonly Place[] = [
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
  { name: 'invitation-perdue', person: 'visitor', address: at('/invitation/perdue') },
]

const elsewhere: readonly Place[] = [
  { name: 'mes-demandes', person: 'ccas', address: at('/mes-demandes') },
  { name: 'mes-demandes-terminees', person: 'ccas', address: at('/mes-demandes?terminees=oui'), menus: false },
  { name: 'demande-ccas', person: 'ccas', address: at('/nouvelle-demande/unscheduled-care') },
  { name: 'journal-administration', person: 'admin', address: at('/journal') },
  {
    name: 'modeles-de-messages',
    person: 'admin',
    address: at('/modeles-de-messages?genre=proposal-received'),
    guide: { file: 'modeles-de-messages.png', width: 1280 },
  },
  { name: 'envois', person: 'admin', address: at('/envois') },
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
  { name: 'connexion', person: 'visitor', address: at('/connexion'), states: [sentAsIs('vide', 'Se connecter')] },
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
]

/** All of them, grouped by person so that one browser serves each. */
export const places: readonly Place[] = [
  ...coordination,
  ...partnership,
  ...practitioner,
  ...delegation,
  ...ward,
  ...elsewhere,
]
