import type { NoticeGroup } from '@maillage/contracts/notifications/notices'
import type { Role } from '@maillage/contracts/roles'

/** What each role is told of, and so may choose about. */
export const groupsOf: Record<Role, readonly NoticeGroup[]> = {
  coordinator: ['answers', 'desk', 'alerts', 'account'],
  practitioner: ['proposals', 'slots', 'directory', 'own-requests', 'account'],
  secretary: ['proposals', 'slots', 'account'],
  requester: ['own-requests', 'account'],
  hospital_staff: ['own-requests', 'account'],
  administrator: ['alerts', 'desk', 'account'],
}
