import type { WaitingListField } from '@maillage/contracts/waiting-list-imports'

/**
 * The words by which people name each column, folded: no accent, no punctuation. A star ends the beginning of a word.
 * Commas part the phrases. Every word of a phrase must be in the header; `not` words exclude the field whatever else is there.
 */
type Words = { phrases: string; not?: string }

export const fieldWords: Readonly<Record<WaitingListField, Words>> = {
  birthName: {
    phrases: 'nom naissance, nom jeune fille, nom patronym*, patronyme, nom natal, nee, ne, njf, nom famille naissance',
    not: 'date, prenom*, lieu, ville, commune',
  },
  lastName: {
    phrases: 'nom, noms, nom usage, nom usuel, nom famille, nom marital, nom epou*, lastname',
    not: 'prenom*, naissance, medecin*, dr, docteur, mt, referent, jeune, commune, ville, rue, voie, aidant, contact, structure',
  },
  firstName: {
    phrases: 'prenom, petit nom, firstname',
    not: 'nom, noms, medecin*, docteur, aidant',
  },
  fullName: {
    phrases:
      'nom prenom, noms prenom, identite, nom complet, patient, usager, beneficiaire, personne, demandeur, assure, qui',
    not: 'medecin*, dr, docteur, date, tel*, age, adresse, code, ville, commune, mail, numero, aidant*, nb, nombre, contact*, confiance, prevenir, referent*, proche*, tuteur*, saisie, agent',
  },
  birthDate: {
    phrases:
      'date naissance, d naissance, ddn, dn, naissance, ne, nee, dnaiss*, datenaiss*, d naissance, annee naissance, jour naissance',
    not: 'nom, lieu, ville, commune, pays, enfant',
  },
  age: { phrases: 'age, ages, ans', not: 'enfant*' },
  sex: {
    phrases: 'sexe, genre, civilite, civ, titre, h f, m f, f h, f m, m mme, mme m, mme mr',
    not: 'medecin*',
  },
  phone: {
    phrases:
      'tel, portable, mobile, gsm, fixe, domicile tel, joindre, joignable, coordonnees tel*, numero, appel numero, contact tel*',
    not: 'medecin*, docteur, dr, aidant*, proche*, famille, tuteur*, curateur*, confiance, prevenir, voisin*, fils, fille, ide, infirmier*, pharmacie, secu*, date, dossier, ordre, rue, voie, cabinet, mail',
  },
  email: {
    phrases: 'mail, email, e mail, courriel, mel, adresse mail, adresse electronique, adresse e mail, adresse email',
    not: 'medecin*',
  },
  address: {
    phrases:
      'adresse, rue, voie, numero rue, numero voie, domicile, adresse postale, adresse complete, lieu vie, habite, residence, lieu residence',
    not: 'mail, email, electronique, tel*, medecin*, code, visite*, structure, orient*',
  },
  postalCode: {
    phrases: 'code postal, cp, codepostal, c p, cpostal, code post*',
    not: 'ville, commune',
  },
  municipality: {
    phrases:
      'commune, ville, localite, municipalite, cp ville, code postal ville, cp commune, code postal commune, commune residence, ville residence, bourg, lieu habitation',
    not: 'naissance, insee, medecin*',
  },
  municipalityCode: {
    phrases: 'insee, code insee, code commune, code insee commune, cog',
    not: 'naissance',
  },
  hasLongTermCondition: {
    phrases:
      'ald, affection longue duree, 100 %, 100, ald 30, maladie chronique, pathologie chronique, prise charge 100',
  },
  solidarityCover: {
    phrases:
      'c2s, css, cmu, cmuc, cmu c, ame, complementaire sante solidaire, couverture solidaire, c2s ame, css ame, aide medicale etat, precarite',
  },
  disabledAdultAllowance: { phrases: 'aah, allocation adulte handicape, handicap, mdph' },
  homebound: {
    phrases:
      'visite domicile, visites domicile, vad, deplace* pas, deplace* difficil*, deplacement* difficil*, deplacement* impossible*, difficulte* deplace*, besoin visite*, mobilite reduite, pmr, alite, alitee, confine domicile, peut pas deplace*, perte mobilite',
  },
  canTravel: {
    phrases:
      'peut deplace*, deplace, deplacement* possible*, mobile, capable deplace*, vient cabinet, peut venir, venir cabinet, mobilite',
    not: 'pas, difficil*, difficulte*, impossible*, reduite, perte, tel*, numero, visite*, domicile',
  },
  livesAlone: {
    phrases: 'seul, seule, isole, isolee, isolement, vit seul, vit seule, personne isolee, personne seule',
  },
  pregnancyOrInfant: {
    phrases: 'grossesse, enceinte, femme enceinte, nourrisson, enceinte nourrisson, grossesse nourrisson',
  },
  previousGp: {
    phrases:
      'ancien medecin, ancien mt, medecin precedent, precedent medecin, dernier medecin, ex medecin, mt precedent, precedent mt, medecin traitant, nom medecin, ancien medecin traitant, ancien docteur, medecin anterieur, dernier mt, mt',
    not: 'motif, raison, cause, pourquoi, contact*, sollicit*, appel*, refus*, depuis, date, orient*',
  },
  lossReason: {
    phrases:
      'motif, motif perte, raison perte, pourquoi sans, motif demande, raison demande, cause, motif depart, raison depart, motif sans, raison, pourquoi, motif depart medecin, raison perte medecin',
    not: 'refus, consultation, hospitalisation',
  },
  treatmentDaysLeft: {
    phrases:
      'jours traitement, traitement restant, reste traitement, fin traitement, jours restants, stock traitement, traitement jours, medicaments restants, ordonnance restant*, duree traitement restant*, jours ordonnance',
    not: 'date',
  },
  doctorsAlreadyContacted: {
    phrases:
      'medecin contactes, medecin sollicites, medecin appeles, deja contacte*, cabinets contactes, medecin contacte, refus medecin, medecin refus*, demarches, demarches faites, contacts deja*, docteurs contactes, cabinets appeles, deja appele*, deja sollicite*, cabinets sollicites',
    not: 'date, tel*',
  },
  registeredAt: {
    phrases:
      'date inscription, inscription, inscrit, inscrite, date demande, date contact, date appel, date reception, recu, date enregistrement, date premier contact, date 1er contact, date saisie, date creation, demande, depuis, date, attente depuis, date entree, date arrivee, horodateur, date signalement, appel, enregistre',
    not: 'naissance, ne, nee, rdv, relance, fin, cloture, sortie, maj, motif, raison, numero',
  },
  consent: {
    phrases:
      'consentement, consent, accord, accord patient, rgpd, accord rgpd, consentement rgpd, consentement patient, consentement oral',
    not: 'medecin*, docteur, dr, date, mt',
  },
  freeText: {
    phrases:
      'remarque*, commentaire*, observation*, note, notes, info*, precision*, divers, besoin*, antecedent*, pathologie*, autre*, complement*, situation, sante, probleme*, pb, detail*, suivi',
  },
  refused: {
    phrases:
      'secu, securite sociale, nir, numero secu, num secu, numero securite sociale, nss, ss, immatriculation, motif refus, numero ss, vitale, ins, numero assure',
  },
  ignored: {
    phrases: 'id, numero dossier, numero ordre, ordre, numero, reference, ligne, rang, dossier',
    not: 'tel*, rue, voie, secu*, portable, fixe, mobile',
  },
}
