import { CaseHeader, type ChangeOwner } from '@maillage/contracts/cases'
import { HandOver } from '@maillage/contracts/coordination/hand-over'
import { type ChangeReminder, ReminderChanged, ReminderLine } from '@maillage/contracts/coordination/reminders'
import type { AccountId, CaseId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import { WorklistItem } from '@maillage/contracts/worklist'
import type * as z from 'zod'
import type { Http } from '../../platform/http.ts'

const WorklistPage = pageOf(WorklistItem)
const RemindersPage = pageOf(ReminderLine)
type Page<Item> = { items: Item[]; next: string | null }

/** More open cases than one person ever held: beyond, the page would not be read either. */
const mostPages = 5

async function everyPage<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const answer = await read(cursor)
    items.push(...answer.items)
    if (answer.next === null) break
    cursor = answer.next
  }
  return items
}

/** The calls of the hand-over: what is read, and what passes from one person to another. */
export function handOverApi(http: Http) {
  return {
    cases: (owner: AccountId, signal?: AbortSignal) =>
      everyPage((cursor) => http.get('/worklist', WorklistPage, { query: { owner, limit: 200, cursor }, signal })),
    callbacks: (assignee: AccountId, signal?: AbortSignal) =>
      everyPage((cursor) => http.get('/reminders', RemindersPage, { query: { assignee, limit: 200, cursor }, signal })),
    about: (owner: AccountId, days: number, signal?: AbortSignal) =>
      http.get('/hand-over', HandOver, { query: { owner, days }, signal }),
    give: (id: CaseId, body: z.input<typeof ChangeOwner>) => http.put(`/cases/${id}/owner`, body, CaseHeader),
    changeCallback: (id: string, body: ChangeReminder) => http.put(`/reminders/${id}`, body, ReminderChanged),
  }
}
export type HandOverApi = ReturnType<typeof handOverApi>
