import * as z from 'zod'

/** Shorter is guessed; longer costs more to digest than anybody needs. */
export const passwordLengths = { least: 12, most: 200 } as const

export const passwordFaults = ['too-short', 'too-long', 'too-common', 'holds-identity'] as const
export type PasswordFault = (typeof passwordFaults)[number]

// What lists of stolen passwords begin with, in French and in English, and what this house invites to.
const commonWords = [
  'motdepasse',
  'password',
  'azerty',
  'qwerty',
  'qsdfgh',
  'bonjour',
  'soleil',
  'doudou',
  'chouchou',
  'loulou',
  'jetaime',
  'marseille',
  'france',
  'admin',
  'administrateur',
  'bienvenue',
  'welcome',
  'iloveyou',
  'football',
  'maillage',
  'cpts',
  'medecin',
  'infirmiere',
  'hopital',
  'sante',
  'secret',
  'changeme',
  'abcdef',
] as const

const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Letters alone, the usual figures read as the letters that they stand for. */
const bare = (text: string): string =>
  folded(text)
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll('3', 'e')
    .replaceAll('4', 'a')
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll(/[^a-z]/g, '')

/** Said as many times as you like, a word is still that word. */
function isOnlyCommon(password: string): boolean {
  let left = bare(password)
  for (const word of commonWords) left = left.replaceAll(word, '')
  return left.length < 4
}

/** A run along the keyboard or the alphabet, or one piece said again and again. */
function isMonotonous(password: string): boolean {
  if (new Set(password).size < 6) return true
  if (/^(.{1,6})\1+$/u.test(password)) return true
  const codes = [...password].map((letter) => letter.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0))
  return steps.every((step) => step === steps[0])
}

/** Whose password it is to be: neither their name nor their address may stand in it. */
export interface Owner {
  readonly email: string
  readonly displayName: string
}

function holdsIdentity(password: string, { email, displayName }: Owner): boolean {
  const words = [...email.split(/[@.+_-]/), ...displayName.split(/[\s'’-]+/)].map(folded)
  const text = folded(password)
  // What remains once the names are taken out must still be a password of its own.
  const left = words.filter((word) => word.length >= 4).reduce((rest, word) => rest.replaceAll(word, ''), text)
  return left.length < text.length && left.length < passwordLengths.least
}

/**
 * Why a new password is refused; undefined for one that may stand. Length is what counts (ANSSI, CNIL 2022); beside it
 * only what is tried first is refused, and no sort of character is asked for.
 */
export function passwordFault(password: string, owner: Owner): PasswordFault | undefined {
  if ([...password].length < passwordLengths.least) return 'too-short'
  if (password.length > passwordLengths.most) return 'too-long'
  if (isOnlyCommon(password) && bare(password).length > 0) return 'too-common'
  if (isMonotonous(password)) return 'too-common'
  return holdsIdentity(password, owner) ? 'holds-identity' : undefined
}

const Typed = z.string().min(1).max(passwordLengths.most)

/** Changes one's own password: the present one is shown, all other sessions end. */
export const ChangePassword = z.strictObject({ present: Typed, next: Typed })
export type ChangePassword = z.infer<typeof ChangePassword>

/** Asks for a link to choose another one. Answered alike whether or not anybody has this address. */
export const AskPasswordReset = z.strictObject({ email: z.email().max(200) })
export type AskPasswordReset = z.infer<typeof AskPasswordReset>

/** What the link holds, the new password, and the code of a second factor where one is set up. */
export const RedeemPasswordReset = z.strictObject({
  token: z.string().min(1).max(200),
  password: Typed,
  code: z.string().max(40).optional(),
})
export type RedeemPasswordReset = z.infer<typeof RedeemPasswordReset>
