/** The day of the last round of checks: to change with them. */
export const declaredOn = '21 novembre 2026'

/** What every version goes through before it is delivered. */
export const checked: readonly string[] = [
  'les règles automatiques d’axe-core, bonnes pratiques comprises, en thème clair et en thème sombre, à 1280 et à 360 pixels de large ;',
  'les contrastes : au moins 4,5 pour 1 pour tout texte, 3 pour 1 pour le bord d’un champ ;',
  'l’absence de défilement horizontal à 320 pixels de large, ce qui correspond aussi à un grossissement de 400 % d’un écran de 1280 pixels ;',
  'un repère de focus visible sur chaque élément atteint au clavier ;',
  'le retour du focus à ce qui a ouvert une fenêtre, quand Échap la ferme ;',
  'l’absence d’animation quand le système demande de les réduire ;',
  'la possibilité de désactiver les raccourcis d’une seule lettre.',
]

/** What only people can judge, and nobody has yet. */
export const notChecked: readonly string[] = [
  'l’usage avec les lecteurs d’écran NVDA, JAWS, VoiceOver et TalkBack ;',
  'l’usage par commande vocale et par contacteur ;',
  'les 106 critères du RGAA un à un, sur un échantillon de pages ;',
  'les navigateurs autres que Chromium.',
]

/** Where the screens ask for another way than the first one shown. */
export const knownGaps: readonly string[] = [
  'Une longue liste ne tient à l’écran que les lignes visibles : la recherche du navigateur ne trouve pas les autres. Le champ « Chercher » de la liste les trouve toutes.',
  'Un repère coloré porte toujours un mot, mais ce mot n’est parfois lisible que par les lecteurs d’écran ou au survol : la page du dossier le dit en clair.',
]

/** What it is made of, and what it was checked with. */
export const tools: readonly { name: string; value: string }[] = [
  { name: 'Technologies', value: 'HTML5, CSS, JavaScript, WAI-ARIA' },
  { name: 'Navigateur', value: 'Chromium, sans assistance technique' },
  { name: 'Outils', value: 'axe-core, parcours automatiques au clavier (Playwright)' },
]
