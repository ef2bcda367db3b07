const written = /^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})\s*$/
const packed = /^\s*(\d{2})(\d{2})(\d{4})\s*$/
const iso = /^\s*(\d{4})-(\d{2})-(\d{2})\s*$/

/**
 * Reads a day as people type it on the phone (« 12/05/1944 », « 12.5.1944 », « 12051944 ») and gives `1944-05-12`;
 * undefined for anything else: a year of two figures leaves the century to be guessed, and nothing is guessed.
 */
export function readTypedDay(typed: string): string | undefined {
  const inFrench = written.exec(typed) ?? packed.exec(typed)
  const [year, month, day] = inFrench ? [inFrench[3], inFrench[2], inFrench[1]] : (iso.exec(typed)?.slice(1) ?? [])
  if (!year || !month || !day) return undefined
  const read = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  // The 31st of April would roll over to May: it does not exist.
  const at = new Date(`${read}T12:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== read ? undefined : read
}

/** `1944-05-12` as a field shows it: « 12/05/1944 »; what is no day stays as it was typed. */
export function typedDay(day: string): string {
  const [, year, month, date] = iso.exec(day) ?? []
  return year && month && date ? `${date}/${month}/${year}` : day
}
