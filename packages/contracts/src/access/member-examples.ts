import type * as z from 'zod'
import type { OperationExamples } from '../examples/operation-examples.ts'
import { exampleIds, exampleOwner } from '../examples/people.ts'
import type { AskFactorReset, FactorResetLink, Members } from './members.ts'

const reset = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c92'
const link = { token: 'b3V2cmUtdW5lLWZvaXM' } satisfies z.input<typeof FactorResetLink>

/** Who works in the CPTS, and second factors that were lost. */
export const memberExamples = {
  getMembers: {
    answer: {
      items: [
        {
          accountId: exampleIds.otherAccount,
          displayName: 'Dominique Essai',
          email: 'dominique@essai.example',
          memberships: [{ id: exampleIds.membership, role: 'coordinator', endedAt: null }],
          secondFactor: 'authenticator',
          lastSignIn: '2026-03-01',
          openSessions: 1,
          isSelf: false,
          isClosed: false,
          reset: {
            id: reset,
            askedBy: exampleOwner,
            isByMail: false,
            askedAt: '2026-03-02T09:00:00.000Z',
            expiresAt: '2026-03-05T09:00:00.000Z',
            mayConfirm: true,
          },
        },
      ],
    } satisfies z.input<typeof Members>,
  },
  postMembersByAccountIdSecondFactorResets: { answer: { id: reset } },
  postSecondFactorResets: {
    bodies: {
      password: {
        email: 'claude@essai.example',
        password: 'une phrase de passe inventée',
      } satisfies z.input<typeof AskFactorReset>,
    },
    answer: {},
  },
  postSecondFactorResetsProof: { bodies: { link } },
  postSecondFactorResetsObjection: { bodies: { link } },
} satisfies OperationExamples
