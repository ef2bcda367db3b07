import type { Setting, SettingName } from '@maillage/contracts/settings/settings'
import { figure } from '../../ui/words/typography.ts'

interface SettingWords {
  group: string
  label: string
  /** What it changes, and for whom. */
  help: string
  unit: string
}

const slots = 'Créneaux de soins non programmés'
const revalidation = 'Revalidation de la liste d’attente'
const readings = 'Lectures inhabituelles'
const trail = 'Journal'

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
  'reading-alert-hour-files': {
    group: readings,
    label: 'Dossiers ouverts en une heure',
    help: 'À partir de ce nombre de patients différents, la lecture est signalée à l’administration, pour être expliquée. 0 n’en signale aucune.',
    unit: 'patients',
  },
  'reading-alert-day-files': {
    group: readings,
    label: 'Dossiers ouverts en un jour',
    help: 'De même, de minuit à minuit. 0 n’en signale aucune.',
    unit: 'patients',
  },
  'reading-alert-day-listed': {
    group: readings,
    label: 'Patients montrés par des listes en un jour',
    help: 'Listes, recherches et files parcourues\u202F; chaque patient y compte une fois. Une file relue toute la journée montre les mêmes. 0 n’en signale aucune.',
    unit: 'patients',
  },
  'reading-alert-night-files': {
    group: readings,
    label: 'Dossiers ouverts la nuit',
    help: 'Hors des heures ci-dessous et de celles de la CPTS. Une permanence publiée n’est jamais signalée. 0 n’en signale aucune.',
    unit: 'patients',
  },
  'reading-alert-closed-files': {
    group: readings,
    label: 'Dossiers ouverts un jour de fermeture',
    help: 'Week-ends, jours fériés et fermetures de la CPTS, dans les heures ci-dessous. 0 n’en signale aucune.',
    unit: 'patients',
  },
  'reading-hours-from': {
    group: readings,
    label: 'Début des heures habituelles',
    help: 'Avant, une lecture est une lecture de nuit, sauf si la CPTS est ouverte.',
    unit: 'heures',
  },
  'reading-hours-to': {
    group: readings,
    label: 'Fin des heures habituelles',
    help: 'Après, de même.',
    unit: 'heures',
  },
  'reading-alert-months': {
    group: readings,
    label: 'Conservation des signalements',
    help: 'Ensuite ils sont effacés, expliqués ou non. Aucun décompte par personne n’est tenu.',
    unit: 'mois',
  },
  'audit-months': {
    group: trail,
    label: 'Conservation du journal',
    help: 'Qui a vu ou fait quoi. Au-delà, les lignes sont effacées ; ce qui les scelle reste. La CNIL admet trois ans au plus pour un contrôle interne.',
    unit: 'mois',
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
    return { fault: `Indiquez un nombre entier de ${figure(min)} à ${figure(max)}.` }
  return value
}
