import * as z from 'zod'

/** INSEE code of a commune or of a municipal arrondissement. A postal code is no key: several communes share one. */
const MunicipalityCode = z.string().regex(/^(?:\d{5}|2[AB]\d{3})$/)

/** The centre of a commune. */
export const Place = z.object({ latitude: z.number(), longitude: z.number() })
export type Place = z.infer<typeof Place>

/** What a screen needs to name a commune, find it and measure a distance from its centre. */
export const Municipality = z.strictObject({
  code: MunicipalityCode,
  name: z.string(),
  postalCodes: z.array(z.string().regex(/^\d{5}$/)),
  department: z.string().regex(/^(?:\d{2,3}|2[AB])$/),
  population: z.number().int().nonnegative(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
})
export type Municipality = z.infer<typeof Municipality>

/** Typed by a person: the beginning of a name, a postal code, or an INSEE code (former ones included). */
export const MunicipalitySearch = z.strictObject({
  q: z.string().trim().min(2).max(80),
  limit: z.coerce.number().int().min(1).max(50).default(10),
})
export type MunicipalitySearch = z.infer<typeof MunicipalitySearch>

/** A commune found, and whether the CPTS of the caller covers it. */
export const MunicipalityMatch = Municipality.extend({ inTerritory: z.boolean() })
export type MunicipalityMatch = z.infer<typeof MunicipalityMatch>

export const MunicipalityMatches = z.strictObject({ items: z.array(MunicipalityMatch) })
export type MunicipalityMatches = z.infer<typeof MunicipalityMatches>
