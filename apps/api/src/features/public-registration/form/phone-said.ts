/** A number as people read it: « 04 67 00 00 00 » for a French one, in groups of two after the calling code else. */
export function phoneSaid(phone: string): string {
  const national = phone.startsWith('+33') ? `0${phone.slice(3)}` : phone
  return national.replaceAll(/(\d\d)(?=\d)/g, '$1\u00a0')
}
