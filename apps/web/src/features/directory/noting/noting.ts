import type { SaidFor } from '@maillage/contracts/delegation/on-behalf'
import type { Absence, IntakeCapacity } from '@maillage/contracts/practitioners'
import { choicesOf, type MoveField, type MoveSpec } from '../../../kernel/acts/move-fields.ts'
import { dayInWords } from '../../../ui/words/dates.ts'

/** How it was said, as a choice offers it. */
const channels: Record<SaidFor['channel'], string> = {
  phone: 'Par téléphone',
  email: 'Par e-mail',
  'in-person': 'De vive voix',
  letter: 'Par courrier',
}

/** Who said it, how and when: kept, and read by the practitioner. */
const saidFields: readonly MoveField[] = [
  {
    kind: 'choice',
    name: 'onBehalf.channel',
    label: 'Comment vous l’a-t-on dit',
    options: choicesOf(channels),
    initial: 'phone',
  },
  { kind: 'text', name: 'onBehalf.spokenTo', label: 'Qui vous l’a dit', fault: 'Indiquez qui vous l’a dit.' },
  { kind: 'instant', name: 'onBehalf.calledAt', label: 'Quand', initial: 0, optional: true },
]
const explain = 'Au nom de cette personne, qui lira sur sa page ce que vous notez et de qui vous le tenez.'

/** « Noter ses places »: how many are free from now on; the rest of what was declared stays. */
export const placesSpec = ({ places, remaining }: Pick<IntakeCapacity, 'places' | 'remaining'>): MoveSpec => ({
  label: 'Noter ses places',
  confirm: 'Noter ces places',
  explain,
  done: 'Places notées',
  fields: [
    {
      kind: 'number',
      name: 'places',
      label: 'Places libres à partir de maintenant',
      initial: remaining ?? places ?? undefined,
      fault: 'Indiquez un nombre de places, 0 pour aucune.',
    },
    ...saidFields,
  ],
})

/** « Noter une absence ». */
export const absenceSpec: MoveSpec = {
  label: 'Noter une absence',
  confirm: 'Noter cette absence',
  explain,
  done: 'Absence notée',
  fields: [
    { kind: 'day', name: 'from', label: 'Premier jour', fault: 'Indiquez le premier jour.' },
    {
      kind: 'day',
      name: 'until',
      label: 'Dernier jour',
      fault: 'Indiquez un dernier jour, à venir et après le premier.',
    },
    ...saidFields,
  ],
}

const daysOf = ({ from, until }: Absence): string =>
  from === until ? `Le ${dayInWords(from)}` : `Du ${dayInWords(from)} au ${dayInWords(until)}`

/** « Retirer une absence »: which one, and who asked for it. */
export const removalSpec = (absences: readonly Absence[]): MoveSpec => ({
  label: 'Retirer une absence',
  explain,
  done: 'Absence retirée',
  fields: [
    {
      kind: 'choice',
      name: 'absenceId',
      label: 'Absence',
      options: absences.map((one) => ({ value: one.id, label: daysOf(one) })),
      initial: absences.length === 1 ? absences[0]?.id : undefined,
      fault: 'Choisissez une absence.',
    },
    ...saidFields,
  ],
})

/** What is sent: what was declared before, with other places. */
export function placesBody(capacity: IntakeCapacity, filled: Record<string, unknown>): Record<string, unknown> {
  const { opensAt, closesAt, municipalities, maxDistanceKm, accepts, version } = capacity
  return {
    ...(opensAt === null ? {} : { opensAt }),
    ...(closesAt === null ? {} : { closesAt }),
    municipalities,
    ...(maxDistanceKm === null ? {} : { maxDistanceKm }),
    accepts,
    version,
    ...filled,
  }
}
