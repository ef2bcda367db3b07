/** How the screens write French: typography, words that nobody says here, codes that nobody should read. */

const english =
  'the|and|with|your|you|please|loading|save|saved|cancel|delete|submit|login|logout|sign in|sign out|dashboard|feedback|click|search|filter|next|previous|back|update|updated|upload|download|settings|user|users|unknown|yes|error|warning|success|failed|email|emails|mail|password|username|deadline|matching|planning board|workflow|pending|accepted|declined|expired|status|ward|task|tasks|case file|worklist|intake|triage board|home'
/** English words that French took, or names of things: allowed where they stand. */
const allowed = [/\bNuxt\b/]

const codes = /\b[a-z]+(?:_[a-z]+)+\b/

/** Each rule: what is wrong, and the sign of it. */
export const rules = [
  { name: 'narrow no-break space before ; ! ?', pattern: /[^\u202F][;!?](?=$|[\s»)\uFFFC])/u },
  { name: 'no-break space before :', pattern: /[^\u00A0]:(?=$|[ \u00A0\uFFFC])/u },
  { name: 'no-break space inside « »', pattern: /«(?![\u00A0\u202F])|(?<![\u00A0\u202F])»/u },
  { name: 'typographic apostrophe', pattern: /\p{L}'\p{L}/u },
  { name: 'French quotation marks', pattern: /"|[“”]/u },
  { name: 'ellipsis as one sign', pattern: /\.\.\./ },
  { name: 'double space', pattern: /[ \u00A0\u202F]{2}/ },
  { name: 'no exclamation mark', pattern: /\p{L}[ \u00A0\u202F]?!/u },
  { name: 'ask, do not order (« Veuillez », « Merci de »)', pattern: /\bveuillez\b|\bmerci de\b/iu },
  { name: 'say what the button does (« OK », « Valider », « Soumettre »)', pattern: /\bOK\b|^(?:Valider|Soumettre)$/ },
  { name: 'no excuse (« Oups »)', pattern: /\boups\b/iu },
  { name: 'plural or gender in brackets', pattern: /\p{L}\((?:s|x|e|es|ne|le|trice)\)/u },
  { name: 'a code of the program', pattern: codes },
  {
    name: 'an English word',
    pattern: new RegExp(`(?<![\\p{L}\\p{N}@./_-])(?:${english})(?![\\p{L}\\p{N}@_/-]|\\.[a-z])`, 'iu'),
  },
]

/** The names of the rules that a text breaks. */
export function faultsOf(text) {
  const read = allowed.reduce((rest, one) => rest.replace(one, ''), text)
  return rules.filter(({ pattern }) => pattern.test(read)).map(({ name }) => name)
}

/** What the code of a screen must leave to `ui/words/`: plurals, and figures and dates in whatever language. */
export const codeRules = [
  { name: 'plural by hand (use counted)', pattern: /\?\s*'(?:s|x|es)'\s*:\s*''|\?\s*''\s*:\s*'(?:s|x|es)'/ },
  {
    name: 'no locale',
    pattern:
      /\.toLocale\w*String\(\s*\)|\.toLocale(?:Upper|Lower)Case\(\s*\)|Intl\.\w+Format\(\s*\)|Intl\.PluralRules\(\s*\)/,
  },
  { name: 'phone by hand (use phoneInWords)', pattern: /replace\(\/\^?\\\+33/, except: /ui\/words\/typography\.ts$/ },
]
