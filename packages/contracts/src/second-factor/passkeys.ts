import * as z from 'zod'
import { Instant } from '../kit/dates.ts'

const Base64Url = z.string().regex(/^[\w-]*$/)
/** Of a size that no authenticator exceeds: what is read before anybody is known must be small. */
const Part = Base64Url.max(8192)
const CredentialId = Base64Url.min(1).max(1400)

export const PasskeyName = z.string().trim().min(1).max(60)

/** A key of somebody's, as they know it again. */
export const Passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  /** Kept by a service that copies it to its owner's other devices. */
  isBackedUp: z.boolean(),
  /** Its counter went back: it opens nothing any more. */
  isSuspected: z.boolean(),
})
export type Passkey = z.infer<typeof Passkey>

const transports = z.array(z.string().max(20)).max(10)
const descriptors = z.array(z.object({ id: z.string(), type: z.string(), transports: transports.optional() }))

/** What a browser is told before it makes a key (WebAuthn, `PublicKeyCredentialCreationOptionsJSON`). */
export const PasskeyCreation = z.object({
  rp: z.object({ id: z.string().optional(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int().optional(),
  excludeCredentials: descriptors.optional(),
  authenticatorSelection: z
    .object({
      residentKey: z.enum(['discouraged', 'preferred', 'required']).optional(),
      requireResidentKey: z.boolean().optional(),
      userVerification: z.enum(['discouraged', 'preferred', 'required']).optional(),
    })
    .optional(),
  attestation: z.enum(['none', 'indirect', 'direct', 'enterprise']).optional(),
})
export type PasskeyCreation = z.infer<typeof PasskeyCreation>

/** What a browser is told before a key signs; no key is named, so that nothing is said of anybody's account. */
export const PasskeyRequest = z.object({
  challenge: z.string(),
  timeout: z.int().optional(),
  rpId: z.string().optional(),
  userVerification: z.enum(['discouraged', 'preferred', 'required']).optional(),
})
export type PasskeyRequest = z.infer<typeof PasskeyRequest>

const extensions = z.record(z.string().max(40), z.unknown())
const credential = { id: CredentialId, rawId: CredentialId, type: z.literal('public-key') }
const attachment = z.enum(['platform', 'cross-platform']).optional()

/** A key that was just made, as the browser tells of it. */
export const MadePasskey = z.object({
  ...credential,
  response: z.object({ clientDataJSON: Part, attestationObject: Part, transports: transports.optional() }),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
})
export type MadePasskey = z.infer<typeof MadePasskey>

export const AddPasskey = z.strictObject({ name: PasskeyName, made: MadePasskey })
export type AddPasskey = z.infer<typeof AddPasskey>

export const RenamePasskey = z.strictObject({ name: PasskeyName })
export type RenamePasskey = z.infer<typeof RenamePasskey>

/** What a key signed, as the browser tells of it. */
export const SignedByPasskey = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Part,
    authenticatorData: Part,
    signature: Part,
    userHandle: Base64Url.max(200).optional(),
  }),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
})
export type SignedByPasskey = z.infer<typeof SignedByPasskey>

export const PasskeySignIn = z.strictObject({ signed: SignedByPasskey })
export type PasskeySignIn = z.infer<typeof PasskeySignIn>

export const AddedPasskey = z.object({ passkey: Passkey, recoveryCodes: z.array(z.string()).nullable() })
export type AddedPasskey = z.infer<typeof AddedPasskey>
