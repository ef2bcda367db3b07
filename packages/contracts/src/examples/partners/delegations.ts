import type * as z from 'zod'
import type {
  AcceptInvitation,
  ChangeDelegation,
  Delegation,
  EndDelegation,
  Invitation,
  InvitationLink,
  InviteAgain,
  InviteSecretary,
} from '../../delegation/delegations.ts'
import type { OperationExamples } from '../operation-examples.ts'
import { exampleIds, examplePhysician } from '../people.ts'

const delegation = {
  id: exampleIds.delegation,
  practitioner: examplePhysician,
  email: 'secretariat@essai.example',
  displayName: 'Sacha Essai',
  rights: ['answer-proposals', 'follow-patients'],
  status: 'active',
  invitedAt: '2026-03-01T08:00:00.000Z',
  expiresAt: '2026-03-08T08:00:00.000Z',
  acceptedAt: '2026-03-01T10:00:00.000Z',
  endedAt: null,
  endedBy: null,
  lastActAt: '2026-03-02T09:30:00.000Z',
  version: 2,
} as const satisfies z.input<typeof Delegation>

const invited = { ...delegation, status: 'invited', acceptedAt: null, lastActAt: null, version: 1 } as const
const ended = { ...delegation, status: 'ended', endedAt: '2026-03-05T08:00:00.000Z', endedBy: 'Dr Essai', version: 3 }
const token = 'AZOw8nweezqcVS9vCk8cAZOw8nweezqcVS9vCk8cAZOw8nweezqcVS9vCk8cAZOw'

/** Who acts for whom, and the invitation that makes it so. */
export const delegationExamples = {
  getDelegations: { answer: { items: [delegation], next: null } },
  postDelegations: {
    bodies: {
      'answers and patients': {
        email: 'secretariat@essai.example',
        displayName: 'Sacha Essai',
        rights: ['answer-proposals', 'follow-patients'],
      } satisfies z.input<typeof InviteSecretary>,
    },
    answer: invited,
  },
  putDelegationsById: {
    bodies: { 'one right': { rights: ['slots'], version: 2 } satisfies z.input<typeof ChangeDelegation> },
    answer: { ...delegation, rights: ['slots'], version: 3 },
  },
  postDelegationsByIdInvitation: {
    bodies: { again: { version: 1 } satisfies z.input<typeof InviteAgain> },
    answer: { ...invited, version: 2 },
  },
  postDelegationsByIdEnd: {
    bodies: { now: { version: 2 } satisfies z.input<typeof EndDelegation> },
    answer: ended,
  },
  getDelegationsByIdActs: {
    answer: {
      items: [
        {
          id: exampleIds.auditEntry,
          at: '2026-03-02T09:30:00.000Z',
          action: 'proposal.accepted',
          caseReference: 'MT-2026-0042',
        },
      ],
      next: null,
    },
  },
  postDelegationInvitationsReading: {
    bodies: { link: { token } satisfies z.input<typeof InvitationLink> },
    answer: {
      practitioner: examplePhysician.displayName,
      cpts: 'CPTS d’essai',
      displayName: 'Sacha Essai',
      email: 'secretariat@essai.example',
      rights: ['answer-proposals', 'follow-patients'],
      expiresAt: '2026-03-08T08:00:00.000Z',
      choosesPassword: true,
    } satisfies z.input<typeof Invitation>,
  },
  postDelegationInvitationsAcceptance: {
    bodies: {
      'a new account': { token, password: 'un mot de passe long' } satisfies z.input<typeof AcceptInvitation>,
    },
    answer: { email: 'secretariat@essai.example' },
  },
} satisfies OperationExamples
