import type { Member } from '@maillage/contracts/access/members'
import type { Role } from '@maillage/contracts/roles'
import { roleLabels } from '../../platform/role-words.ts'
import type { MembersApi } from './members.api.ts'

/** An act upon somebody, in words: it is confirmed before it is done. */
export interface MemberAct {
  readonly label: string
  readonly icon: string
  readonly title: string
  readonly description: string
  readonly done: string
  readonly isGrave: boolean
  readonly run: (api: MembersApi) => Promise<unknown>
}

const endSessions = ({ accountId, displayName }: Member): MemberAct => ({
  label: 'Déconnecter partout',
  icon: 'i-lucide-log-out',
  title: `Déconnecter ${displayName} partout`,
  description: 'Tous ses appareils sont déconnectés aussitôt. Ce qui n’y est pas enregistré est perdu.',
  done: `${displayName} n’est plus connecté nulle part`,
  isGrave: true,
  run: (api) => api.endSessions(accountId),
})

const askReset = ({ accountId, displayName }: Member): MemberAct => ({
  label: 'Demander une nouvelle seconde preuve',
  icon: 'i-lucide-shield-off',
  title: `Retirer la seconde preuve de ${displayName}`,
  description:
    'Assurez-vous de vive voix que la demande vient de cette personne. Quelqu’un d’autre devra donner son accord, dans les trois jours.',
  done: 'Demande envoyée : quelqu’un d’autre doit donner son accord',
  isGrave: false,
  run: (api) => api.askReset(accountId),
})

function roleActs({ displayName, memberships }: Member): MemberAct[] {
  return memberships.map(({ id, role, endedAt }) =>
    endedAt === null
      ? {
          label: `Retirer le rôle : ${roleLabels[role]}`,
          icon: 'i-lucide-user-round-x',
          title: `Retirer un rôle à ${displayName}`,
          description: `« ${roleLabels[role]} » lui est retiré, et ses appareils sont déconnectés aussitôt. Vous pourrez le lui rendre.`,
          done: 'Rôle retiré',
          isGrave: true,
          run: (api: MembersApi) => api.close(id),
        }
      : {
          label: `Rendre le rôle : ${roleLabels[role]}`,
          icon: 'i-lucide-user-round-check',
          title: `Rendre un rôle à ${displayName}`,
          description: `« ${roleLabels[role]} » lui est rendu comme avant.`,
          done: 'Rôle rendu',
          isGrave: false,
          run: (api: MembersApi) => api.reopen(id),
        },
  )
}

/** What this role may do about somebody; nothing about oneself, who has a page for it. */
export function actsOn(member: Member, role: Role | undefined): MemberAct[] {
  if (member.isSelf || member.isClosed) return []
  const isProtected = member.secondFactor !== 'none' && member.secondFactor !== 'exempt'
  const works = member.memberships.some(({ endedAt }) => endedAt === null)
  const asking = isProtected && works && !member.reset ? [askReset(member)] : []
  if (role !== 'administrator') return asking
  return [...(member.openSessions > 0 ? [endSessions(member)] : []), ...asking, ...roleActs(member)]
}
