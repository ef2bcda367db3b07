import * as z from 'zod'

/**
 * Every problem the API can answer (RFC 9457). Codes are permanent: never renamed, never reused.
 * Titles are English and technical; the French sentences live in the SPA.
 */
export const problems = {
  'malformed-request': { status: 400, title: 'The request could not be read' },
  'not-signed-in': { status: 401, title: 'Sign in to go on' },
  'wrong-credentials': { status: 401, title: 'The e-mail or the password is wrong' },
  'session-ended': { status: 401, title: 'The session has ended' },
  'session-locked': { status: 401, title: 'The session is locked until its owner proves who they are' },
  'second-factor-required': { status: 401, title: 'A second factor is required' },
  'wrong-second-factor': { status: 401, title: 'The code is wrong, too old or was used before' },
  'passkey-refused': { status: 401, title: 'The passkey opens no account here' },
  'second-factor-to-enrol': { status: 403, title: 'Set up a second factor to go on' },
  'proof-required': { status: 403, title: 'Prove again who you are to change this' },
  'wrong-proof': { status: 403, title: 'The password or the code is wrong' },
  'last-second-factor': { status: 409, title: 'The last second factor cannot be removed' },
  'role-may-not': { status: 403, title: 'The role may not do this' },
  'from-elsewhere': { status: 403, title: 'A page of another site sent the request' },
  'delegation-ended': { status: 403, title: 'Nobody whom you act for has given you this right' },
  'not-found': { status: 404, title: 'Resource not found' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'case-changed': { status: 409, title: 'The case was changed by someone else' },
  'version-stale': { status: 409, title: 'The resource was changed by someone else' },
  'wrong-status': { status: 409, title: 'The case is not in a status that allows this action' },
  'capacity-exhausted': { status: 409, title: 'The practitioner has no place left' },
  'slot-taken': { status: 409, title: 'The slot is no longer free' },
  'proposal-closed': { status: 409, title: 'The proposal no longer awaits an answer' },
  'proposal-already-live': { status: 409, title: 'A live proposal already covers this case or need' },
  'practitioner-not-eligible': { status: 409, title: 'The practitioner cannot receive this proposal' },
  'duplicate-suspected': { status: 409, title: 'A patient who looks the same is already known' },
  'already-open': { status: 409, title: 'The patient already has an open case of this kind' },
  'idempotency-conflict': { status: 409, title: 'The idempotency key was used with another body' },
  'reopening-too-late': { status: 409, title: 'The case was closed too long ago to be reopened' },
  'municipality-outside-territory': { status: 409, title: 'The municipality is outside the territory' },
  'not-enough-needs': { status: 409, title: 'A discharge needs at least one need' },
  'record-merged': { status: 409, title: 'The record was merged into another' },
  'two-open-searches': { status: 409, title: 'The person has two open searches: one must be chosen' },
  'merge-not-undoable': { status: 409, title: 'The merge can no longer be undone' },
  'household-searches-together': {
    status: 409,
    title: 'The person searches with the household: part the search first',
  },
  'household-scope-required': { status: 422, title: 'Say whether the whole household is meant' },
  'number-of-another': { status: 409, title: 'The number is recorded on the file of another person' },
  'numbers-differ': { status: 409, title: 'Both records bear a health number, and not the same one' },
  'already-exists': { status: 409, title: 'The resource already exists' },
  'absence-overlaps': { status: 409, title: 'Another absence covers some of these days' },
  'secure-mail-off': { status: 409, title: 'This server has no secure mail account' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported' },
  'invalid-field': { status: 422, title: 'A field is missing or invalid' },
  'reason-required': { status: 422, title: 'This action requires a reason' },
  'identity-in-preview': { status: 422, title: 'The note would reveal who the patient is' },
  'municipality-not-covered': { status: 422, title: 'No CPTS of this ward covers the municipality' },
  'uncovered-not-acknowledged': { status: 422, title: 'Uncovered needs must be acknowledged' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Unexpected error' },
  'not-ready': { status: 503, title: 'The service is not ready' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

// Object.keys loses the literal keys; the catalogue is the source.
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]

/** One faulty field: a JSON Pointer into the body (`/patient/birthDate`), and a code. */
export const FieldProblem = z.object({ pointer: z.string(), code: z.string(), detail: z.string().optional() })
export type FieldProblem = z.infer<typeof FieldProblem>

/** The body of every refusal, `application/problem+json`. It never holds personal data nor a stack. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  instance: z.string(),
  errors: z.array(FieldProblem).optional(),
  /** What the caller may do instead, e.g. the actions that the present status allows. */
  allowed: z.array(z.string()).optional(),
  /** Patients who look the same (409 `duplicate-suspected`, coordinators only). */
  lookAlikes: z
    .array(
      z.object({
        patientId: z.string(),
        displayName: z.string(),
        birthDate: z.string(),
        municipality: z.string(),
        sameTraits: z.array(z.string()),
        /** How alike they are, out of 100. */
        score: z.int(),
        openCases: z.array(z.string()),
      }),
    )
    .optional(),
})
export type Problem = z.infer<typeof Problem>
