import * as z from 'zod'

/** Size of a page and where it starts; the cursor is opaque and comes from the previous page's `next`. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})
export type PageQuery = z.infer<typeof PageQuery>

/** A keyset page: stable under writes, never an offset. `next` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** A page of what was typed. `isPartial` when more may match than was looked at: somebody should type more. */
export const soughtPageOf = <Item extends z.ZodType>(item: Item) => pageOf(item).extend({ isPartial: z.boolean() })

const listOf = (value: unknown): unknown => {
  if (!Array.isArray(value)) return value === undefined ? undefined : [value]
  return value.length === 0 ? undefined : value
}

/**
 * Several values repeat the parameter (`?status=a&status=b`); one alone arrives as a string, and an empty list, which
 * only a body can hold, asks for nothing.
 */
export const several = <Item extends z.ZodType>(item: Item) => z.preprocess(listOf, z.array(item).max(50).optional())
