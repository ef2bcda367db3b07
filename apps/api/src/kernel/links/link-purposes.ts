/**
 * What a link may open, and the page that opens it, `:token` being what the link holds. One purpose a link: what
 * confirms a registration shows nothing of its follow-up. A slice that gives links adds its line.
 */
export const linkPages = {
  'registration-confirm': '/demande/confirmation/:token',
  'registration-follow-up': '/suivi/:token',
  // Kept in a cookie and never in an address: a request being written, a follow-up being read.
  'registration-draft': '/demande/vous',
  'registration-visit': '/suivi/dossier',
  'still-searching': '/suivi/toujours/:token',
  'directory-confirm': '/annuaire/confirmation/:token',
  'calendar-feed': '/api/v1/calendars/:token.ics',
  'proposal-open': '/ouvrir/:token',
  'delegation-invitation': '/invitation/:token',
  // After the sign that no browser sends: what gives an account back never stands in a server's log.
  'password-reset': '/nouveau-mot-de-passe#:token',
  'second-factor-proof': '/seconde-preuve/demande#:token',
  'second-factor-objection': '/seconde-preuve/opposition#:token',
} as const

export type LinkPurpose = keyof typeof linkPages

/** The address that goes in a message: the page of the purpose, with what opens it. */
export const linkAddress = (publicUrl: string, purpose: LinkPurpose, token: string): string =>
  `${publicUrl}${linkPages[purpose].replace(':token', token)}`

/** Is this word, read back from where it was kept, still the purpose of a link? */
export const isLinkPurpose = (word: string): word is LinkPurpose => Object.hasOwn(linkPages, word)
