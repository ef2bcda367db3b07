import { type Fault, isFault } from './faults.ts'

/** Whoever signs in at the provider, and what it will tell of them. */
export interface Person {
  readonly sub: string
  /** Told by `userinfo`. */
  readonly claims: Readonly<Record<string, unknown>>
  /** Told by the ID token beside the usual. */
  readonly token: Readonly<Record<string, unknown>>
  readonly fault: Fault | undefined
}

/** The provider's sign-in page: who, what is told of them, and what is wrong with the token. */
export const signInForm = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Fournisseur d’essai</title>
<h1>Fournisseur d’essai</h1>
<form method="post">
<p><label>Personne <input name="sub" required></label></p>
<p><label>Informations <textarea name="claims">{}</textarea></label></p>
<p><label>Jeton <textarea name="token">{"acr":"eidas1"}</textarea></label></p>
<p><label>Défaut <input name="fault"></label></p>
<button>Continuer</button> <button name="renounce" value="yes" formnovalidate>Renoncer</button>
</form></html>`

/** What was sent; undefined when they renounced. */
export function readPerson(form: URLSearchParams): Person | undefined {
  if (form.get('renounce')) return undefined
  const fault = form.get('fault') ?? ''
  if (fault !== '' && !isFault(fault)) throw new Error(`Unknown fault: ${fault}`)
  return {
    sub: form.get('sub') ?? '',
    claims: JSON.parse(form.get('claims') || '{}'),
    token: JSON.parse(form.get('token') || '{"acr":"eidas1"}'),
    fault: fault === '' ? undefined : fault,
  }
}
