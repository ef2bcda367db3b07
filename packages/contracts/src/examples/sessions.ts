import type * as z from 'zod'
import type { OpenSessions, UnlockSession } from '../sessions.ts'
import { sessionExample } from './accounts.ts'
import type { OperationExamples } from './operation-examples.ts'

const here = {
  id: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c91',
  device: 'Firefox, Windows',
  method: 'password',
  openedAt: '2026-03-02T08:00:00.000Z',
  lastSeenAt: '2026-03-02T09:00:00.000Z',
  isLocked: false,
  isCurrent: true,
} as const

/** Where one is signed in, and the lock of a screen. */
export const ownSessionExamples = {
  getMeSessions: { answer: { items: [here] } satisfies z.input<typeof OpenSessions> },
  postSessionsCurrentUnlock: {
    bodies: { password: { password: 'une phrase de passe inventée' } satisfies z.input<typeof UnlockSession> },
    answer: sessionExample,
  },
} satisfies OperationExamples
