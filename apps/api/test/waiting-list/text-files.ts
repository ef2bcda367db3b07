import { columns, type WaitingListFile, windows1252 } from './waiting-list-file.ts'

const twoNames: WaitingListFile = {
  name: 'two columns for the name, O/N answers, semicolons',
  bytes: Buffer.from(
    [
      'Nom;Prénom;Né(e) le;Tél. portable;Tél. fixe;Adresse;CP;Ville;ALD O/N;Ancien MT;Inscrit le;Remarques',
      'VALMORIN;Lucette;12/03/1944;06 12 34 56 78;05 56 00 00 01;2 rue des Tilleuls;33000;Bordeaux;O;Dr Brancotel;03/02/2026;diabète, insuline',
      'TELGNAC;Firmin;1-7-58;;0556000002;lieu-dit Le Port;33130;Bègles;N;;15/02/2026;',
    ].join('\r\n'),
  ),
  expected: columns(`
    Nom = lastName | Prénom = firstName | Né(e) le = birthDate | Tél. portable = phone | Tél. fixe = phone |
    Adresse = address | CP = postalCode | Ville = municipality | ALD O/N = hasLongTermCondition |
    Ancien MT = previousGp | Inscrit le = registeredAt | Remarques = freeText`),
  patients: 2,
}

const oneName: WaitingListFile = {
  name: 'name and first name in one column, town with its postal code, Windows-1252',
  bytes: windows1252(
    [
      "Civilité;Nom et prénom du patient;Date de naissance (jj/mm/aaaa);Coordonnées téléphoniques;Code postal et ville;Patient en ALD ?;Se déplace difficilement;Médecins déjà contactés;Date d'appel",
      'Mme;DUMORIN née FABLET Solange;4 mars 1939;06.12.34.56.79 / 05.56.00.00.04;33000 Bordeaux;Oui;Oui;Dr Arnotte, Dr Lusson;12/01/2026',
      'M.;PERRAND Côme;23/11/1987;0612345680;33130 Bègles;Non;Non;;13/01/2026',
    ].join('\n'),
  ),
  expected: columns(`
    Civilité = sex | Nom et prénom du patient = fullName | Date de naissance (jj/mm/aaaa) = birthDate |
    Coordonnées téléphoniques = phone | Code postal et ville = municipality |
    Patient en ALD ? = hasLongTermCondition | Se déplace difficilement = homebound |
    Médecins déjà contactés = doctorsAlreadyContacted | Date d'appel = registeredAt`),
  patients: 2,
}

const form: WaitingListFile = {
  name: 'the export of an online form',
  bytes: Buffer.from(
    [
      '\uFEFFHorodateur,Adresse e-mail,Votre nom de famille,Votre prénom,Votre date de naissance,Votre numéro de téléphone,Dans quelle commune habitez-vous ?,Êtes-vous en affection de longue durée ?,Êtes-vous bénéficiaire de la C2S ?,Pourquoi n’avez-vous plus de médecin ?,Combien de jours de traitement vous reste-t-il ?,Autres précisions',
      '2026/01/14 10:32:11,lucien@exemple.fr,Corrand,Lucien,14/05/1961,+33612345681,Bordeaux,Non,Oui,"Départ à la retraite, sans successeur",15,',
      '2026/01/15 09:02:54,,Solnot,Inès,02/02/1990,0612345682,Bègles,Oui,Non,Déménagement du patient,0,enceinte de 6 mois',
    ].join('\n'),
  ),
  expected: columns(`
    Horodateur = registeredAt | Adresse e-mail = email | Votre nom de famille = lastName | Votre prénom = firstName |
    Votre date de naissance = birthDate | Votre numéro de téléphone = phone |
    Dans quelle commune habitez-vous ? = municipality |
    Êtes-vous en affection de longue durée ? = hasLongTermCondition |
    Êtes-vous bénéficiaire de la C2S ? = solidarityCover | Pourquoi n’avez-vous plus de médecin ? = lossReason |
    Combien de jours de traitement vous reste-t-il ? = treatmentDaysLeft | Autres précisions = freeText`),
  patients: 2,
}

const medicalHouse: WaitingListFile = {
  name: 'the notebook of a medical house, tabs, abbreviations',
  bytes: Buffer.from(
    [
      'Rang\tPatient\tDate naiss.\tSexe\tTel 1\tTel 2\tMail\tLocalité\tALD\tCMU/AME\tTTT restant (jours)\tRaison\tVu le',
      '1\tBRANLET Odile\t30/08/1950\tF\t0612345683\t0556000007\todile@exemple.fr\tBègles\tALD 30\tnon\t20\tretraite Dr Fabsson\t',
      '2\tCORVAL Basile\t05/05/2001\tH\t0612345684\t\t\tBordeaux\t\tCMU\t\tarrive de Lille\t',
    ].join('\n'),
  ),
  expected: columns(`
    Rang = ignored | Patient = fullName | Date naiss. = birthDate | Sexe = sex | Tel 1 = phone | Tel 2 = phone |
    Mail = email | Localité = municipality | ALD = hasLongTermCondition | CMU/AME = solidarityCover |
    TTT restant (jours) = treatmentDaysLeft | Raison = lossReason | Vu le = -`),
  patients: 2,
}

const insurer: WaitingListFile = {
  name: 'an extraction with technical headers',
  bytes: Buffer.from(
    [
      'NOM_PATRONYMIQUE;NOM_MARITAL;PRENOM;DATE_NAISSANCE;SEXE;NUM_TEL;CODE_POSTAL;LIBELLE_COMMUNE;CODE_INSEE;TOP_ALD;TOP_C2S;DATE_SIGNALEMENT',
      'ESPANOT;;VICTOIRE;1972-05-14;2;0612345685;33000;BORDEAUX;33063;1;0;2026-01-20',
      'ARNVAL;DURTTE;SIMONE;1936-12-01;2;0556000008;33130;BEGLES;33039;0;1;2026-01-21',
    ].join('\n'),
  ),
  expected: columns(`
    NOM_PATRONYMIQUE = birthName | NOM_MARITAL = lastName | PRENOM = firstName | DATE_NAISSANCE = birthDate |
    SEXE = sex | NUM_TEL = phone | CODE_POSTAL = postalCode | LIBELLE_COMMUNE = municipality |
    CODE_INSEE = municipalityCode | TOP_ALD = hasLongTermCondition | TOP_C2S = solidarityCover |
    DATE_SIGNALEMENT = registeredAt`),
  patients: 2,
}

const hospital: WaitingListFile = {
  name: 'a hospital social service, long headers over several words',
  bytes: Buffer.from(
    [
      'Nom usuel,Prénom usuel,Date de naissance du patient,Numéro à joindre,Domicile,Code postal du domicile,Ville du domicile,Pathologie chronique (O/N),Allocation adulte handicapé,Nom du dernier médecin traitant,Motif de la perte du médecin,Liste des cabinets sollicités,Date de première demande,Informations utiles',
      'Fabrand,Élise,01/01/1980,06 12 34 56 89,5 rue Haute,33000,Bordeaux,O,N,Dr Valnot,décès,Cabinet du Quai ; Dr Pernot,09/01/2026,appeler le matin',
      'Rocsson,Noé,31/10/1999,07 12 34 56 90,9 rue Basse,33130,Bègles,N,O,,,,10/01/2026,',
    ].join('\n'),
  ),
  expected: columns(`
    Nom usuel = lastName | Prénom usuel = firstName | Date de naissance du patient = birthDate |
    Numéro à joindre = phone | Domicile = address | Code postal du domicile = postalCode |
    Ville du domicile = municipality | Pathologie chronique (O/N) = hasLongTermCondition |
    Allocation adulte handicapé = disabledAdultAllowance | Nom du dernier médecin traitant = previousGp |
    Motif de la perte du médecin = lossReason | Liste des cabinets sollicités = doctorsAlreadyContacted |
    Date de première demande = registeredAt | Informations utiles = freeText`),
  patients: 2,
}

const ageOnly: WaitingListFile = {
  name: 'a list that gives ages and no birth date',
  bytes: Buffer.from(
    [
      'Nom / Prénom;Âge;Tél;Commune de résidence;Besoin de visites à domicile;En attente depuis',
      'VALTTE Edmond;81 ans;0556000009;Bordeaux;oui;01/12/2025',
      'PERLET Iris;34;0612345691;Bègles;non;02/12/2025',
    ].join('\n'),
  ),
  expected: columns(`
    Nom / Prénom = fullName | Âge = age | Tél = phone | Commune de résidence = municipality |
    Besoin de visites à domicile = homebound | En attente depuis = registeredAt`),
  patients: 2,
}

/** Lists saved as text. Their headers were written apart from the words that the import knows. */
export const textFiles: readonly WaitingListFile[] = [twoNames, oneName, form, medicalHouse, insurer, hospital, ageOnly]
