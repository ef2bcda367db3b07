import * as z from 'zod'
import { Band, CaseKindName, Version } from '../cases.ts'
import { InseeCode } from '../kit/identifiers.ts'
import { SavedViewId } from '../kit/ids.ts'
import { WorklistOwner, worklistColumns, worklistDues, worklistSorts, worklistStatuses } from '../worklist.ts'

/** What a view of the queue sets. Nothing that is typed: a search may be a name. An empty list asks for nothing. */
export const SavedViewQuery = z.strictObject({
  kind: CaseKindName.nullable(),
  status: z.array(z.enum(worklistStatuses)).max(50),
  band: z.array(Band).max(4),
  municipality: z.array(InseeCode).max(50),
  owner: WorklistOwner.nullable(),
  due: z.enum(worklistDues).nullable(),
  sort: z.enum(worklistSorts),
  /** Empty: the usual ones. */
  columns: z.array(z.enum(worklistColumns)).max(worklistColumns.length),
})
export type SavedViewQuery = z.infer<typeof SavedViewQuery>

const name = z.string().trim().min(1).max(60)

/** A view of the queue: one's own, or one that a colleague of the CPTS shares. */
export const SavedView = z.object({
  id: SavedViewId,
  name: z.string(),
  query: SavedViewQuery,
  shared: z.boolean(),
  /** One's own: it may be changed. */
  mine: z.boolean(),
  ownerName: z.string(),
  version: z.int(),
})
export type SavedView = z.infer<typeof SavedView>

/** One's own views, then those of the colleagues; each part by name. */
export const SavedViews = z.object({ items: z.array(SavedView) })
export type SavedViews = z.infer<typeof SavedViews>

export const NewSavedView = z.strictObject({ name, query: SavedViewQuery, shared: z.boolean() })
export type NewSavedView = z.infer<typeof NewSavedView>

export const ChangeSavedView = NewSavedView.extend({ version: Version })
export type ChangeSavedView = z.infer<typeof ChangeSavedView>

export const SavedViewParams = z.object({ id: SavedViewId })
