import type { Setting, SettingName } from '@maillage/contracts/settings/settings'

interface SettingWords {
  group: string
  label: string
  /** What it changes, and for whom. */
  help: string
  unit: string
}

const slots = 'Créneaux de soins non programmés'
const revalidation = 'Revalidation de la liste d’attente'

/** What each setting is called; a new one is added here, and the screen follows. */
export const settingWords: Record<SettingName, SettingWords> = {
  'slot-hold-minutes': {
    group: slots,
    label: 'Retenue d’un créneau',
    help: 'Le temps d’appeler le patient\u202F; ensuite le créneau se libère seul. Un créneau déjà retenu garde son heure de fin.',
    unit: 'minutes',
  },
  'slot-week-cap': {
    group: slots,
    label: 'Visites par semaine à signaler',
    help: 'Au-delà, la charge d’un médecin est signalée à la coordination. Ce n’est jamais un refus. 20 est le plafond conventionnel.',
    unit: 'visites',
  },
  'slot-horizon-days': {
    group: slots,
    label: 'Publication à l’avance',
    help: 'Jusqu’où les créneaux qui se répètent sont écrits. Plus court, ce qui est déjà publié reste.',
    unit: 'jours',
  },
  'revalidation-every-days': {
    group: revalidation,
    label: 'Demander après',
    help: 'Le temps sans nouvelles au bout duquel une personne de la liste est interrogée. S’applique à tous dès la nuit suivante.',
    unit: 'jours',
  },
  'revalidation-attempts': {
    group: revalidation,
    label: 'Essais',
    help: 'Par deux moyens au moins\u00A0: e-mail, SMS, appel ou courrier. Les appels notés sur le dossier comptent.',
    unit: 'essais',
  },
  'revalidation-gap-days': {
    group: revalidation,
    label: 'Entre deux essais',
    help: 'Jamais un jour de fermeture.',
    unit: 'jours',
  },
  'revalidation-grace-days': {
    group: revalidation,
    label: 'Délai de grâce',
    help: 'Entre le dernier essai et la clôture, qui peut être défaite pendant six mois.',
    unit: 'jours',
  },
}

export interface SettingGroup {
  title: string
  settings: Setting[]
}

/** The settings under their titles, in the order of the first of each. */
export function settingGroups(settings: readonly Setting[]): SettingGroup[] {
  const titles = [...new Set(settings.map(({ name }) => settingWords[name].group))]
  return titles.map((title) => ({
    title,
    settings: settings.filter(({ name }) => settingWords[name].group === title),
  }))
}

/** The number typed, or why it cannot be. */
export function readValue(typed: string, { min, max }: Pick<Setting, 'min' | 'max'>): number | { fault: string } {
  const value = Number(typed)
  if (typed.trim() === '' || !Number.isInteger(value) || value < min || value > max)
    return { fault: `Indiquez un nombre entier de ${min} à ${max}.` }
  return value
}
