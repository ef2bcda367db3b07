/** Why a secret is refused; never with the secret itself. */
export type Weakness = 'too-short' | 'well-known' | 'too-regular' | 'example'

// Words of passwords that are tried first, folded as `letters` folds them; the longest first.
const wellKnown = [
  ...['motdepasse', 'maillagedemo', 'changezmoi', 'demonstration', 'changeme', 'maillage', 'password', 'passwort'],
  ...['postgres', 'postgresql', 'superuser', 'database', 'changez', 'passwd', 'exemple', 'example', 'default'],
  ...['secret', 'azerty', 'qwerty', 'bonjour', 'soleil', 'letmein', 'welcome', 'docker', 'master', 'medecin'],
  ...['admin', 'owner', 'coordination', 'defaut', 'token', 'jeton', 'france', 'sante', 'hello', 'iloveyou'],
  ...['root', 'user', 'test', 'demo', 'cpts', 'pass', 'clef', 'abcd', 'cle', 'key', 'app', 'api', 'dev', 'mdp'],
].sort((one, other) => other.length - one.length)

/** What the documentation, the Compose file and the tests of others show: known to whoever read them. */
const examples = [
  'abc123',
  'xxxxxxxx',
  'mot-de-passe',
  'à-changer',
  'a-remplacer',
  'votre-mot-de-passe',
  'openssl rand',
]

const lookalikes: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' }
const signs: Readonly<Record<string, string>> = { '@': 'a', $: 's', '!': 'i', '€': 'e' }

/** « M0t-de-P@sse » and « motdepasse » fold alike. */
const letters = (secret: string): string =>
  secret
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[@$!€]/g, (sign) => signs[sign] ?? '')
    .replaceAll(/[013457]/g, (digit) => lookalikes[digit] ?? digit)
    .replaceAll(/[^a-z0-9]/g, '')

/** How many characters remain once the words that everybody tries are taken out. */
function withoutWords(secret: string): { found: boolean; rest: number } {
  const folded = letters(secret)
  const rest = wellKnown.reduce((left, word) => left.replaceAll(word, ' '), folded)
  return { found: rest.includes(' '), rest: rest.replaceAll(' ', '').length }
}

/** `abcabcabc`, `aaaa`, `0123456789`: few characters, one piece said again and again, or one step after another. */
function isRegular(secret: string, fewest: number): boolean {
  const points = [...secret]
  if (new Set(points).size < fewest) return true
  if (/^(.+?)\1{2,}.?$/su.test(secret)) return true
  const steps = points.slice(1).map((point, at) => point.charCodeAt(0) - (points[at]?.charCodeAt(0) ?? 0))
  const same = steps.filter((step, at) => Math.abs(step) <= 1 && step === steps[at - 1]).length
  return same > points.length / 2
}

/**
 * What makes a secret guessable, or undefined. The product's own rule: no dictionary is carried, so it stops what
 * nobody drew at random — too short, too few different characters, a known word with a few figures around it.
 */
export function weaknessOf(secret: string, demanded: { length: number; different: number }): Weakness | undefined {
  if (examples.some((example) => secret.toLowerCase().includes(example))) return 'example'
  const { found, rest } = withoutWords(secret)
  if (found && rest < 8) return 'well-known'
  if ([...secret].length < demanded.length) return 'too-short'
  if (isRegular(secret, demanded.different)) return 'too-regular'
  return undefined
}

/** A weakness in words, to follow the name of the variable. */
export function weaknessInWords(weakness: Weakness, { length }: { length: number }): string {
  const remedy = 'tirez-le au hasard (openssl rand -hex 24)'
  if (weakness === 'too-short') return `secret trop court : ${length} caractères au moins, ${remedy}`
  if (weakness === 'well-known') return `mot de passe connu de tous : ${remedy}`
  if (weakness === 'too-regular') return `secret trop régulier : ${remedy}`
  return `valeur d’exemple, recopiée d’une documentation : ${remedy}`
}
