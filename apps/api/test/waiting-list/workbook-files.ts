import { columns, dayCell, formula, type WaitingListFile, workbook } from './waiting-list-file.ts'

const titled: WaitingListFile = {
  name: 'a merged title, a totals row, formula cells, phones as numbers, real dates',
  bytes: workbook(
    {
      Liste: [
        ['CPTS des Deux Rives — patients sans médecin traitant', null, null, null, null, null],
        ['Mise à jour : février 2026', null, null, null, null, null],
        [],
        [
          'N°',
          'NOM DE NAISSANCE',
          "NOM D'USAGE",
          'PRÉNOM',
          'DDN',
          'Téléphone',
          'COMMUNE',
          '100%',
          'Date de la demande',
          'Commentaires',
        ],
        [
          1,
          'MARTELET',
          'COSSEVAL',
          'Huguette',
          dayCell(16_143),
          612_345_678,
          'Bordeaux',
          'oui',
          dayCell(46_060),
          'ne conduit plus',
        ],
        [
          2,
          'ROCVILLE',
          '',
          'Anselme',
          dayCell(21_500),
          556_000_003,
          formula('"Bèg"&"les"', 'Bègles'),
          'non',
          dayCell(46_061),
          '',
        ],
        ['Total', formula('COUNTA(B5:B6)', 2), null, null, null, null, null, null, null, null],
      ],
    },
    { merges: ['A1:J1', 'A2:J2'] },
  ),
  expected: columns(`
    N° = ignored | NOM DE NAISSANCE = birthName | NOM D'USAGE = lastName | PRÉNOM = firstName | DDN = birthDate |
    Téléphone = phone | COMMUNE = municipality | 100% = hasLongTermCondition | Date de la demande = registeredAt |
    Commentaires = freeText`),
  patients: 2,
}

const townHall: WaitingListFile = {
  name: 'the list of a town hall, in capitals, with a social security number and a hidden column',
  bytes: workbook(
    {
      Accueil: [['Ne pas modifier cette feuille']],
      Demandes: [
        [
          'DATE',
          'IDENTITÉ',
          'NÉ LE',
          'N° SÉCU',
          'TÉL',
          'ADRESSE COMPLÈTE',
          'VIT SEUL(E)',
          'VISITE À DOMICILE',
          'AGENT',
          'ANCIEN CODE',
        ],
        [
          dayCell(46_050),
          'GARTTE Rose',
          dayCell(15_000),
          '2410333063001',
          '0556000005',
          '3 allée du Parc 33000 Bordeaux',
          'x',
          'x',
          'accueil',
          'A1',
        ],
        [
          dayCell(46_051),
          'LUSSSON Théodore',
          dayCell(19_000),
          '1520133063002',
          '0556000006',
          '8 quai Neuf 33130 Bègles',
          '',
          '',
          'accueil',
          'A2',
        ],
      ],
    },
    { hiddenColumns: [9] },
  ),
  expected: columns(`
    DATE = registeredAt | IDENTITÉ = fullName | NÉ LE = birthDate | N° SÉCU = refused | TÉL = phone |
    ADRESSE COMPLÈTE = address | VIT SEUL(E) = livesAlone | VISITE À DOMICILE = homebound | AGENT = - |
    ANCIEN CODE = -`),
  patients: 2,
}

const nurseHeaders = [
  'Nom jeune fille',
  'Nom',
  'Prénom',
  'Naissance',
  'Portable',
  'Personne à contacter',
  'Tél. aidant',
  'Commune',
  'Isolé',
  'Observations',
  'Demande reçue le',
]
const nurse: WaitingListFile = {
  name: 'the table of a nurse, headers printed again, contact of a relative',
  bytes: workbook({
    Feuil1: [
      nurseHeaders,
      [
        'SOLRIN',
        'TELVILLE',
        'Berthe',
        '07/06/1931',
        '0612345686',
        'sa nièce',
        '0612345687',
        'Bordeaux',
        'oui',
        'escaliers',
        '05/01/2026',
      ],
      nurseHeaders,
      ['', 'MORGNAC', 'Achille', '11/12/1948', '0612345688', '', '', 'Bègles', 'non', '', '06/01/2026'],
    ],
  }),
  expected: columns(`
    Nom jeune fille = birthName | Nom = lastName | Prénom = firstName | Naissance = birthDate | Portable = phone |
    Personne à contacter = - | Tél. aidant = - | Commune = municipality | Isolé = livesAlone |
    Observations = freeText | Demande reçue le = registeredAt`),
  patients: 2,
}

/** Lists kept in a spreadsheet. Their headers were written apart from the words that the import knows. */
export const workbookFiles: readonly WaitingListFile[] = [titled, townHall, nurse]
