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
const wrongNumber: PlaceState = {
  name: 'matricule-inexact',
  open: async (page) => {
    const main = page.getByRole('main')
    await main.getByRole('button', { name: 'Modifier' }).click()
    await main.getByText('Qualifiée', { exact: true }).click()
    await main.getByLabel('Matricule INS').fill('2 48 06 99 000 001 15')
    await main.getByRole('button', { name: 'Enregistrer' }).click()
    await main.getByText('ne correspond pas à sa clé').waitFor()
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
const readersShown: PlaceState = {
  name: 'consultations',
  open: async (page) => {
    await page.getByRole('main').getByRole('button', { name: 'Afficher', exact: true }).click()
    await page.getByRole('link', { name: 'Tout voir, et imprimer' }).scrollIntoViewIfNeeded()
    return undefined
  },
}

/** The screens of the coordination: the day, the cases, the people and the directory. */
export const coordinationPlaces: readonly Place[] = [
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
  {
    name: 'fiche-patient',
    person: 'coordination',
    address: ({ patient }) => patient && `/patients/${patient}`,
    states: [unfolded('identite', 'Modifier', 'Qualifiée'), wrongNumber],
  },
  {
    name: 'identite-ins',
    person: 'coordination',
    address: ({ identified }) => identified && `/patients/${identified}`,
    guide: { file: 'identite-ins.png', width: 1280 },
  },
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
      readersShown,
    ],
  },
  {
    name: 'fiche-d-appel',
    person: 'coordination',
    address: ({ acceptedCase }) => acceptedCase && `/dossiers/${acceptedCase}`,
    menus: false,
    states: [byMenu('mssante', others, /MSSanté/)],
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
  {
    name: 'qui-a-consulte',
    person: 'coordination',
    address: ({ cases }) => cases['gp-search'] && `/journal?dossier=${cases['gp-search']}`,
  },
  { name: 'messages-non-remis', person: 'coordination', address: at('/messages-non-remis') },
  { name: 'adresse-inconnue', person: 'coordination', address: at('/adresse-inconnue'), menus: false },
]
