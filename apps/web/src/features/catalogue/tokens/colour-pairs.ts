import { colourOf, contrast, over, type Tokens } from './contrast.ts'

/** An ink on a ground, as some screen shows it. */
export interface ColourPair {
  readonly label: string
  readonly ink: string
  readonly ground: string
  /** Below 1, the ink is faded (a disabled control). */
  readonly inkOpacity?: number
  /** Below 1, the ground is a tint over what is read. */
  readonly groundOpacity?: number
  /** 4.5 for text; 3 for a shape or an edge that carries meaning (WCAG 1.4.3, 1.4.11). */
  readonly least: 4.5 | 3
}

const text = 4.5
const shape = 3
const grounds = ['--ui-bg', '--ui-bg-muted', '--ui-bg-elevated', '--ui-bg-accented', '--m-selected'] as const
const words: Readonly<Record<(typeof grounds)[number], string>> = {
  '--ui-bg': 'feuille',
  '--ui-bg-muted': 'page',
  '--ui-bg-elevated': 'survol',
  '--ui-bg-accented': 'enfoncé',
  '--m-selected': 'choisi',
}
const inks = [
  ['--ui-text-highlighted', 'Noms, titres'],
  ['--ui-text', 'Texte'],
  ['--ui-text-toned', 'Texte posé'],
  ['--ui-text-muted', 'Texte secondaire'],
  ['--ui-text-dimmed', 'Intitulés, aide, exemple dans un champ'],
] as const
const signals = [
  ['late', 'En retard, refusé'],
  ['today', 'Aujourd’hui, bientôt fini'],
  ['done', 'Fait, couvert'],
  ['note', 'Nouveau, modifié'],
] as const
const families = [
  ['--ui-primary', 'Action'],
  ['--ui-error', 'Erreur'],
  ['--ui-warning', 'Attention'],
  ['--ui-success', 'Succès'],
  ['--ui-info', 'Information'],
] as const

const onEveryGround = inks.flatMap(([ink, label]) =>
  grounds.map((ground): ColourPair => ({ label: `${label}, fond ${words[ground]}`, ink, ground, least: text })),
)
const ofSignals = signals.flatMap(([name, label]): ColourPair[] => [
  { label: `${label}, dans son cadre`, ink: `--m-${name}`, ground: `--m-${name}-bg`, least: text },
  ...grounds.map(
    (ground): ColourPair => ({ label: `${label}, fond ${words[ground]}`, ink: `--m-${name}`, ground, least: text }),
  ),
])
const ofFamilies = families.flatMap(([name, label]): ColourPair[] => [
  { label: `${label}, en texte`, ink: name, ground: '--ui-bg', least: text },
  { label: `${label}, en texte sur la page`, ink: name, ground: '--ui-bg-muted', least: text },
  { label: `${label}, bouton teinté`, ink: name, ground: name, groundOpacity: 0.1, least: text },
  { label: `${label}, bouton plein`, ink: '--ui-text-inverted', ground: name, least: text },
  { label: `${label}, bouton plein survolé`, ink: '--ui-text-inverted', ground: name, groundOpacity: 0.9, least: text },
])

/** Every pair that a screen may show: what the page of tokens draws and what the test measures. */
export const colourPairs: readonly ColourPair[] = [
  ...onEveryGround,
  ...ofSignals,
  ...ofFamilies,
  { label: 'Action, fond choisi', ink: '--ui-primary', ground: '--m-selected', least: text },
  { label: 'Action, fond survol', ink: '--ui-primary', ground: '--ui-bg-elevated', least: text },
  { label: 'Champ ou bouton désactivé', ink: '--ui-text', ground: '--ui-bg', inkOpacity: 0.75, least: text },
  {
    label: 'Bouton plein désactivé',
    ink: '--ui-text-inverted',
    ground: '--ui-primary',
    groundOpacity: 0.85,
    least: text,
  },
  { label: 'Sur fond inversé', ink: '--ui-text-inverted', ground: '--ui-bg-inverted', least: text },
  { label: 'Priorité P1', ink: '--m-on-band-1', ground: '--m-band-1', least: text },
  { label: 'Bord d’un champ', ink: '--ui-border-accented', ground: '--ui-bg', least: shape },
  { label: 'Bord d’un champ, sur la page', ink: '--ui-border-accented', ground: '--ui-bg-muted', least: shape },
  { label: 'Repère de focus', ink: '--ui-primary', ground: '--ui-bg-accented', least: shape },
  ...signals.map(
    ([name, label]): ColourPair => ({
      label: `${label}, barre ou cellule d’un graphique`,
      ink: `--m-${name}`,
      ground: '--ui-bg-elevated',
      least: shape,
    }),
  ),
]

/** The contrast of a pair in a theme. */
export function contrastOf(tokens: Tokens, pair: ColourPair): number {
  const sheet = colourOf(tokens, '--ui-bg')
  const ground = over(colourOf(tokens, pair.ground), sheet, pair.groundOpacity ?? 1)
  return contrast(over(colourOf(tokens, pair.ink), ground, pair.inkOpacity ?? 1), ground)
}
