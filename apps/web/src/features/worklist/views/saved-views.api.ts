import {
  type ChangeSavedView,
  type NewSavedView,
  SavedView,
  SavedViews,
} from '@maillage/contracts/coordination/saved-views'
import * as z from 'zod'
import type { Http } from '../../../platform/http.ts'

/** The calls of the views that people keep. */
export function savedViewsApi(http: Http) {
  return {
    list: (signal?: AbortSignal) => http.get('/saved-views', SavedViews, { signal }),
    add: (view: NewSavedView) => http.post('/saved-views', view, SavedView, { idempotencyKey: crypto.randomUUID() }),
    change: (id: SavedView['id'], view: ChangeSavedView) => http.put(`/saved-views/${id}`, view, SavedView),
    drop: (id: SavedView['id']) => http.delete(`/saved-views/${id}`, z.undefined()),
  }
}
