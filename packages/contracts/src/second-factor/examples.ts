import type * as z from 'zod'
import { accountExamples } from '../examples/accounts.ts'
import type { OperationExamples } from '../examples/operation-examples.ts'
import type {
  AddedPasskey,
  AddPasskey,
  Passkey,
  PasskeyCreation,
  PasskeyRequest,
  PasskeySignIn,
  RenamePasskey,
  SignedByPasskey,
} from './passkeys.ts'
import type { ConfirmTotp, NewRecoveryCodes, ProveAgain, SecondFactorState, TotpSetup } from './second-factor.ts'

const key = {
  id: '01938f00-0000-7000-8000-00000000a001',
  name: 'Ordinateur du bureau',
  createdAt: '2026-03-02T09:05:00.000Z',
  lastUsedAt: null,
  isBackedUp: true,
  isSuspected: false,
} satisfies z.input<typeof Passkey>

const recoveryCodes = ['7Q4M-2VXA-9KTP', 'C3ZB-W8HN-5RDE']
const challenge = 'dW5lIGVwcmV1dmUgcXVpIG5lIHNlcnQgcXUndW5lIGZvaXM'
const credential = { id: 'Y2xlLWRlc3NhaQ', rawId: 'Y2xlLWRlc3NhaQ', type: 'public-key' } as const
const clientDataJSON = 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0'
const signed = {
  ...credential,
  response: {
    clientDataJSON,
    authenticatorData: 'ZG9ubmVlcw',
    signature: 'c2lnbmF0dXJl',
    userHandle: 'cG9pZ25lZQ',
  },
  clientExtensionResults: {},
} satisfies z.input<typeof SignedByPasskey>

/** What protects an account beside its password. */
export const secondFactorExamples = {
  getMeSecondFactor: {
    answer: {
      isExempt: false,
      totp: { confirmedAt: '2026-03-02T09:01:00.000Z' },
      passkeys: [key],
      recoveryCodes: { left: 9, madeAt: '2026-03-02T09:01:00.000Z' },
      devices: [
        {
          id: '01938f00-0000-7000-8000-00000000a002',
          device: 'Firefox, Windows',
          createdAt: '2026-03-02T09:02:00.000Z',
          lastUsedAt: '2026-03-02T09:02:00.000Z',
          expiresAt: '2026-04-01T09:02:00.000Z',
          isThisOne: true,
        },
      ],
    } satisfies z.input<typeof SecondFactorState>,
  },
  postMeProof: {
    bodies: {
      password: { password: 'une phrase de passe inventée' } satisfies z.input<typeof ProveAgain>,
      code: { code: '492 039' } satisfies z.input<typeof ProveAgain>,
    },
  },
  postMeTotp: {
    answer: {
      secret: 'GCMTWVXHNE5OC2ATBKX46MMOBLCJIDEE',
      uri: 'otpauth://totp/Maillage:claude%40essai.example?secret=GCMTWVXHNE5OC2ATBKX46MMOBLCJIDEE&issuer=Maillage',
    } satisfies z.input<typeof TotpSetup>,
  },
  postMeTotpConfirmation: {
    bodies: { code: { code: '492 039' } satisfies z.input<typeof ConfirmTotp> },
    answer: { recoveryCodes } satisfies z.input<typeof NewRecoveryCodes>,
  },
  postMeRecoveryCodes: { answer: { recoveryCodes } satisfies z.input<typeof NewRecoveryCodes> },
  postSessionsPasskeyOptions: {
    answer: { challenge, timeout: 300_000, rpId: 'maillage.example', userVerification: 'required' } satisfies z.input<
      typeof PasskeyRequest
    >,
  },
  postSessionsPasskey: {
    bodies: { passkey: { signed } satisfies z.input<typeof PasskeySignIn> },
    answer: accountExamples.postSessions.answer,
  },
  postMeProofPasskey: { bodies: { passkey: { signed } satisfies z.input<typeof PasskeySignIn> } },
  postMePasskeysOptions: {
    answer: {
      rp: { id: 'maillage.example', name: 'Maillage' },
      user: { id: 'cG9pZ25lZQ', name: 'claude@essai.example', displayName: 'Claude Essai' },
      challenge,
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      timeout: 300_000,
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required', requireResidentKey: true },
      attestation: 'none',
    } satisfies z.input<typeof PasskeyCreation>,
  },
  postMePasskeys: {
    bodies: {
      passkey: {
        name: key.name,
        made: {
          ...credential,
          response: { clientDataJSON, attestationObject: 'YXR0ZXN0YXRpb24', transports: ['internal'] },
          clientExtensionResults: {},
        },
      } satisfies z.input<typeof AddPasskey>,
    },
    answer: { passkey: key, recoveryCodes: null } satisfies z.input<typeof AddedPasskey>,
  },
  putMePasskeysById: {
    bodies: { name: { name: 'Téléphone' } satisfies z.input<typeof RenamePasskey> },
    answer: { ...key, name: 'Téléphone' },
  },
} satisfies OperationExamples
