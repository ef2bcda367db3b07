/** Why an act of the case cannot be done now; the codes are those of `allowedActions[].disabledBecause`. */
const refusals: Readonly<Record<string, string>> = {
  'wrong-status': 'Pas à cette étape',
  'already-retried': 'Un second essai a déjà eu lieu',
}

/** A code of a newer version still says that the act is refused. */
export const refusalInWords = (code: string): string => refusals[code] ?? 'Pas possible maintenant'
