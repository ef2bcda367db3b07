import type { Section } from './field.ts'

/** Who it is for. No social security number is asked for, here or elsewhere (CNIL on the forms of CPTS). */
export const whoSections: readonly Section[] = [
  {
    legend: 'La personne qui cherche un médecin traitant',
    fields: [
      { name: 'birthName', kind: 'text', label: 'Nom de naissance', most: 100, autocomplete: 'family-name' },
      {
        name: 'lastName',
        kind: 'text',
        label: 'Nom d’usage',
        hint: 'S’il est différent du nom de naissance.',
        most: 100,
        isOptional: true,
      },
      { name: 'firstName', kind: 'text', label: 'Prénom', most: 100, autocomplete: 'given-name' },
      { name: 'birthDate', kind: 'day', label: 'Date de naissance', hint: 'Par exemple 27 3 1958.' },
      {
        name: 'sex',
        kind: 'choice',
        label: 'Sexe',
        options: [
          { value: 'female', label: 'Femme' },
          { value: 'male', label: 'Homme' },
          { value: 'unknown', label: 'Je préfère ne pas le dire' },
        ],
      },
    ],
  },
]

/** How to reach them: at least one way by which a link can arrive. */
export const contactSection: Section = {
  legend: 'Pour vous joindre',
  hint: 'Une adresse e-mail ou un numéro de mobile est nécessaire : nous y envoyons le lien qui confirme votre demande.',
  fields: [
    { name: 'email', kind: 'email', label: 'Adresse e-mail', most: 200, autocomplete: 'email', isOptional: true },
    { name: 'phone', kind: 'tel', label: 'Téléphone', most: 30, autocomplete: 'tel', isOptional: true },
  ],
}

/** Where they live; the commune is asked before, because it says which CPTS answers. */
export const addressSection: Section = {
  legend: 'Votre adresse',
  fields: [
    {
      name: 'line',
      kind: 'text',
      label: 'Numéro et rue',
      most: 200,
      autocomplete: 'address-line1',
      isOptional: true,
    },
    {
      name: 'postalCode',
      kind: 'text',
      label: 'Code postal',
      most: 5,
      autocomplete: 'postal-code',
      isOptional: true,
    },
  ],
}

/** In whose name, and with whom. */
export const householdSections: readonly Section[] = [
  {
    legend: 'Qui remplit cette demande ?',
    fields: [
      {
        name: 'asker',
        kind: 'choice',
        label: 'Vous êtes',
        options: [
          { value: 'self', label: 'La personne qui cherche un médecin' },
          { value: 'parent', label: 'Le parent ou le responsable d’un enfant mineur' },
          { value: 'relative', label: 'Un proche, avec son accord' },
        ],
      },
    ],
  },
  {
    legend: 'Si vous remplissez pour quelqu’un',
    hint: 'Pour un enfant mineur, c’est le parent ou le responsable que nous appellerons.',
    fields: [
      { name: 'askerName', kind: 'text', label: 'Votre nom et votre prénom', most: 100, isOptional: true },
      { name: 'askerLink', kind: 'text', label: 'Votre lien avec la personne', most: 60, isOptional: true },
      { name: 'askerPhone', kind: 'tel', label: 'Votre téléphone', most: 30, isOptional: true },
    ],
  },
  {
    legend: 'Votre foyer',
    fields: [
      {
        name: 'others',
        kind: 'number',
        label: 'Combien d’autres personnes de votre foyer cherchent aussi un médecin traitant ?',
        hint: 'De 0 à 11. La coordination vous demandera leurs noms en vous appelant.',
        isOptional: true,
      },
      { name: 'together', kind: 'tick', label: 'Nous aimerions avoir le même médecin' },
    ],
  },
]

const lossOptions = [
  { value: 'retired', label: 'Il ou elle est à la retraite, ou va y partir' },
  { value: 'moved_away', label: 'Il ou elle a quitté la région' },
  { value: 'patient_moved', label: 'J’ai déménagé' },
  { value: 'refused', label: 'Il ou elle ne pouvait plus me suivre' },
  { value: 'deceased', label: 'Il ou elle est décédé' },
  { value: 'never_had', label: 'Je n’en ai jamais eu' },
  { value: 'other', label: 'Une autre raison' },
] as const

/** What weighs in the order of the list. Everything may be left out, and nothing is taken away for it. */
export const situationSections: readonly Section[] = [
  {
    legend: 'Cochez ce qui vous concerne',
    hint: 'Tout est facultatif. Ces réponses aident à ne pas laisser attendre les personnes les plus fragiles.',
    fields: [
      { name: 'hasLongTermCondition', kind: 'tick', label: 'J’ai une affection de longue durée (ALD)' },
      { name: 'homebound', kind: 'tick', label: 'Je ne peux pas me déplacer jusqu’à un cabinet' },
      { name: 'pregnancyOrInfant', kind: 'tick', label: 'Une grossesse, ou un enfant de moins de 2 ans' },
      { name: 'livesAlone', kind: 'tick', label: 'Je vis seul ou seule' },
      { name: 'noCareForAYear', kind: 'tick', label: 'Je n’ai vu aucun médecin depuis un an' },
      {
        name: 'frequentEmergencyVisits',
        kind: 'tick',
        label: 'Je suis allé aux urgences au moins deux fois en six mois',
      },
      {
        name: 'solidarityCover',
        kind: 'tick',
        label: 'J’ai la Complémentaire santé solidaire ou l’Aide médicale de l’État',
      },
      { name: 'disabledAdultAllowance', kind: 'tick', label: 'Je reçois l’Allocation aux adultes handicapés' },
    ],
  },
  {
    legend: 'Votre traitement',
    fields: [
      {
        name: 'treatmentDaysLeft',
        kind: 'number',
        label: 'Si vous prenez un traitement, combien de jours vous reste-t-il ?',
        hint: 'Un nombre de jours, de 0 à 365. S’il s’arrête bientôt, parlez-en aussi à votre pharmacien.',
        isOptional: true,
      },
    ],
  },
  {
    legend: 'Votre ancien médecin',
    fields: [
      {
        name: 'lossReason',
        kind: 'choice',
        label: 'Pourquoi n’avez-vous plus de médecin traitant ?',
        options: lossOptions,
        isOptional: true,
      },
      { name: 'previousGpName', kind: 'text', label: 'Son nom', most: 120, isOptional: true },
      {
        name: 'doctorsContacted',
        kind: 'long',
        label: 'Les médecins que vous avez déjà appelés',
        hint: 'Un par ligne. Cette liste vous servira aussi si vous saisissez le médiateur de votre caisse.',
        most: 2000,
        isOptional: true,
      },
    ],
  },
]

/** What they would like. A wish may make the search longer: it is said. */
export const preferenceSections: readonly Section[] = [
  {
    legend: 'Le médecin que vous cherchez',
    hint: 'Un souhait n’est pas une condition. Plus il y en a, plus la recherche peut être longue.',
    fields: [
      {
        name: 'maxDistanceKm',
        kind: 'choice',
        label: 'Jusqu’où pouvez-vous aller ?',
        isOptional: true,
        options: [5, 10, 20, 30].map((km) => ({ value: String(km), label: `${km} km` })),
      },
      {
        name: 'gender',
        kind: 'choice',
        label: 'Préférez-vous un homme ou une femme ?',
        isOptional: true,
        options: [
          { value: 'female', label: 'Une femme médecin' },
          { value: 'male', label: 'Un homme médecin' },
        ],
      },
      { name: 'homeVisit', kind: 'tick', label: 'J’ai besoin de visites à domicile' },
      { name: 'accessibility', kind: 'tick', label: 'J’ai besoin d’un cabinet accessible en fauteuil' },
      {
        name: 'languages',
        kind: 'text',
        label: 'Langues que vous parlez avec un médecin',
        hint: 'Séparées par des virgules, par exemple français, arabe.',
        most: 200,
        isOptional: true,
      },
    ],
  },
  {
    legend: 'Quand nous vous appelons',
    fields: [
      {
        name: 'interpreterLanguage',
        kind: 'text',
        label: 'Faut-il un interprète ? Dans quelle langue',
        most: 60,
        isOptional: true,
      },
      { name: 'hoursToCall', kind: 'text', label: 'Les heures où vous joindre', most: 120, isOptional: true },
      { name: 'noVoicemail', kind: 'tick', label: 'Ne laissez pas de message sur mon répondeur' },
    ],
  },
  {
    legend: 'Autre chose',
    fields: [
      {
        name: 'freeText',
        kind: 'long',
        label: 'Ce que la coordination doit savoir d’autre',
        hint: 'Personne ne lit cette page la nuit. Si vous allez mal maintenant, appelez le 15 ou le 112.',
        most: 1500,
        isOptional: true,
      },
    ],
  },
]
