import type * as z from 'zod'
import { sessionExample } from '../examples/accounts.ts'
import type { OperationExamples } from '../examples/operation-examples.ts'
import type { AskPasswordReset, ChangePassword, RedeemPasswordReset } from './passwords.ts'
import type { LockedSession, OpenSessions, UnlockSession } from './sessions.ts'

const here = {
  id: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c91',
  device: 'Firefox, Windows',
  method: 'password',
  openedAt: '2026-03-02T08:00:00.000Z',
  lastSeenAt: '2026-03-02T09:00:00.000Z',
  isLocked: false,
  isCurrent: true,
} as const

const password = 'une phrase de passe inventée'

/** Where one is signed in, the lock of a screen, and passwords. */
export const ownSessionExamples = {
  getMeSessions: { answer: { items: [here] } satisfies z.input<typeof OpenSessions> },
  getSessionsCurrentLock: {
    answer: { code: true, passkey: false, provider: null } satisfies z.input<typeof LockedSession>,
  },
  postSessionsCurrentUnlock: {
    bodies: {
      password: { password: 'une phrase de passe inventée' } satisfies z.input<typeof UnlockSession>,
      code: { code: '123456' } satisfies z.input<typeof UnlockSession>,
    },
    answer: sessionExample,
  },
  putMePassword: {
    bodies: {
      passwords: { present: 'l’ancienne phrase de passe', next: password } satisfies z.input<typeof ChangePassword>,
    },
  },
  postPasswordResets: {
    bodies: { address: { email: 'claude@essai.example' } satisfies z.input<typeof AskPasswordReset> },
    answer: {},
  },
  postPasswordResetsRedemption: {
    bodies: {
      password: { token: 'b3V2cmUtdW5lLWZvaXM', password } satisfies z.input<typeof RedeemPasswordReset>,
      'with a code': { token: 'b3V2cmUtdW5lLWZvaXM', password, code: '123456' } satisfies z.input<
        typeof RedeemPasswordReset
      >,
    },
  },
} satisfies OperationExamples
