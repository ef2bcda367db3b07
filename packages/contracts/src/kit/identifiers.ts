import * as z from 'zod'

/** INSEE code of a municipality, Corsica's `2A`/`2B` included. A postal code is no key: several communes share one. */
export const InseeCode = z.string().regex(/^(\d{5}|2[AB]\d{3})$/)
export const PostalCode = z.string().regex(/^\d{5}$/)

/** RPPS: eleven digits. Luhn is often claimed, but published samples of the ANS fail it: length and digits only. */
export const Rpps = z.string().regex(/^\d{11}$/)

/** FINESS: nine characters, the department first (`2A` possible). */
export const Finess = z.string().regex(/^(\d{2}|2[AB])\d{7}$/)

/** A phone number stored as E.164. What people type is accepted and normalised by `toE164` before it is sent. */
export const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/)
export type Phone = z.infer<typeof Phone>

/**
 * Folds a name for comparison: no accents, no case, hyphens and apostrophes as spaces, ligatures opened.
 * « Éloïse D’Œuvre » and « eloise d oeuvre » fold alike.
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
