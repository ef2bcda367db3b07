/** What the measure asks of the process that holds the streams. */
export type Order =
  | { readonly do: 'open'; url: string; tokens: readonly string[]; count: number; slow: number }
  | { readonly do: 'watch'; subject: string }
  | { readonly do: 'settle' }
  | { readonly do: 'wake'; url: string; subjects: readonly string[] }
  | { readonly do: 'herd'; url: string }
  | { readonly do: 'close' }

/** What it answers; instants are milliseconds on the machine's own clock. */
export type Told =
  | { readonly told: 'ready' }
  | { readonly told: 'open'; ms: number; failed: number }
  | { readonly told: 'watching' }
  | { readonly told: 'reached'; times: readonly number[]; missing: number }
  | { readonly told: 'awake'; dropped: number; missed: number; slow: number }
  | { readonly told: 'back'; times: readonly number[]; failed: number }
