import type { CaseRow } from '../../../kernel/tables/case.table.ts'

/** Where a search stands, in words for its author. */
export interface StatusTold {
  readonly title: string
  readonly text: string
}

const searching: StatusTold = {
  title: 'Nous cherchons un médecin pour vous',
  text: 'Votre demande est sur la liste. La coordination contacte les médecins du secteur, les situations les plus fragiles d’abord, puis par ancienneté. Cela peut prendre des semaines. Nous vous appellerons.',
}

/** A proposal that is out, and one that came to nothing, read the same: a doctor's answer is not shown. */
const byStatus: Readonly<Record<string, StatusTold>> = {
  submitted: {
    title: 'Votre demande est arrivée',
    text: 'La coordination va la lire, en quelques jours ouvrés. Elle vous appelle si elle a une question.',
  },
  info_requested: {
    title: 'Il nous manque une information',
    text: 'La coordination a besoin d’une précision pour continuer. Complétez votre demande ci-dessous, ou appelez-la.',
  },
  eligible: searching,
  proposing: searching,
  on_hold: {
    title: 'Votre demande est en pause',
    text: 'Vous gardez votre place sur la liste. La recherche reprendra ; appelez la coordination si vous voulez qu’elle reprenne plus tôt.',
  },
  matched: {
    title: 'Un médecin peut vous accueillir',
    text: 'La coordination ou le cabinet vous appelle pour en parler avec vous. Vous restez libre de dire oui ou non.',
  },
  visit_booked: {
    title: 'Un premier rendez-vous est fixé',
    text: 'C’est pendant ce rendez-vous que vous pourrez déclarer ce médecin comme votre médecin traitant.',
  },
  declared: {
    title: 'Vous avez un médecin traitant',
    text: 'Votre demande est terminée. Pensez à prévenir le cabinet si vous déménagez.',
  },
}

const closed: StatusTold = {
  title: 'Votre demande est close',
  text: 'Pour savoir pourquoi, ou pour la rouvrir, appelez la coordination : pendant six mois, vous gardez votre ancienneté.',
}

const closings: Readonly<Record<string, StatusTold>> = {
  withdrawn: {
    title: 'Vous avez retiré votre demande',
    text: 'La recherche est arrêtée. Vous avez changé d’avis ? Appelez la coordination : pendant six mois, elle peut rouvrir votre demande, et vous gardez votre ancienneté.',
  },
  found_elsewhere: { title: 'Vous avez trouvé un médecin', text: 'Votre demande est terminée.' },
}

/** What the author of a search reads of where it stands. */
export function statusTold({ status, statusReason }: Pick<CaseRow, 'status' | 'statusReason'>): StatusTold {
  if (status === 'closed') return closings[statusReason ?? ''] ?? closed
  return byStatus[status] ?? searching
}

const missingWords: Readonly<Record<string, string>> = {
  phone: 'un numéro où vous joindre',
  address: 'votre adresse',
  birth_date: 'votre date de naissance',
  consent: 'votre accord',
  current_gp: 'si vous avez aujourd’hui un médecin traitant',
  health: 'des précisions sur votre situation',
}

/** What the coordination asked for. */
export const missingTold = (missing: readonly string[]): string[] =>
  missing.map((word) => missingWords[word] ?? 'une précision, que la coordination vous dira au téléphone')
