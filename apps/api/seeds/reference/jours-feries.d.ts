declare module '@socialgouv/jours-feries' {
  /** French names of the holidays of a year → local `Date`; the package ships no types. */
  export default function getJoursFeries(year: number, options?: { alsace: boolean }): Record<string, Date>
}
