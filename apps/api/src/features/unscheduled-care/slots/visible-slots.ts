import type { SlotVisibility } from '@maillage/contracts/slots/slots'
import type { Actor } from '../../../kernel/actor.ts'

/**
 * Which slots somebody is shown, by what their publisher allowed: the coordination regulates the territory's unscheduled
 * care and sees all; a practitioner is a member of the CPTS and a professional; a ward is one as well; who only asks sees
 * what anybody may.
 */
export function visibleSlots({ role, isHealthProfessional }: Actor): readonly SlotVisibility[] {
  switch (role) {
    case 'coordinator':
    case 'system':
      return ['CPTS', 'PRO', 'SNP', 'PUBLIC']
    case 'practitioner':
      return ['CPTS', 'PRO', 'PUBLIC']
    case 'hospital_staff':
      return ['PRO', 'PUBLIC']
    case 'requester':
      return isHealthProfessional ? ['PRO', 'PUBLIC'] : ['PUBLIC']
    default:
      return []
  }
}
