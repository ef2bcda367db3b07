import { pageOf } from '@maillage/contracts/kit/page'
import {
  type ChangeImportMapping,
  ImportLine,
  ImportPreview,
  WaitingListImport,
  WaitingListImportSummary,
} from '@maillage/contracts/waiting-list-imports'
import * as z from 'zod'
import type { Http } from '../../platform/http.ts'

const Imports = pageOf(WaitingListImportSummary)
const Lines = pageOf(ImportLine)
export type ImportLines = z.infer<typeof Lines>

/** What the screens of imports ask of the API. */
export interface WaitingListImportApi {
  give: (file: File) => Promise<WaitingListImport>
  list: (signal: AbortSignal) => Promise<WaitingListImportSummary[]>
  read: (id: string, signal?: AbortSignal) => Promise<WaitingListImport>
  map: (id: string, body: z.input<typeof ChangeImportMapping>) => Promise<WaitingListImport>
  preview: (id: string, signal: AbortSignal) => Promise<ImportPreview>
  start: (list: WaitingListImport) => Promise<WaitingListImport>
  undo: (list: WaitingListImportSummary) => Promise<WaitingListImport>
  forget: (id: string) => Promise<void>
  refused: (id: string, cursor: string | undefined, signal?: AbortSignal) => Promise<ImportLines>
  alike: (id: string, signal: AbortSignal) => Promise<ImportLine[]>
  rejectedLines: (id: string) => Promise<string>
}

const root = '/waiting-list-imports'

/** The calls of the slice, each answer read by its contract. */
export function waitingListImportApi(http: Http): WaitingListImportApi {
  const act = (verb: string) => (list: WaitingListImportSummary) =>
    http.post(`${root}/${list.id}/${verb}`, { version: list.version }, WaitingListImport)
  return {
    give: (file) => http.upload(root, file, WaitingListImport),
    list: async (signal) => (await http.get(root, Imports, { query: { limit: 50 }, signal })).items,
    read: (id, signal) => http.get(`${root}/${id}`, WaitingListImport, { signal }),
    map: (id, body) => http.put(`${root}/${id}/mapping`, body, WaitingListImport),
    preview: (id, signal) => http.get(`${root}/${id}/preview`, ImportPreview, { signal }),
    start: act('start'),
    undo: act('undo'),
    forget: (id) => http.delete(`${root}/${id}`, z.void()),
    refused: (id, cursor, signal) =>
      http.get(`${root}/${id}/lines`, Lines, { query: { outcome: 'refused', limit: 50, cursor }, signal }),
    alike: async (id, signal) => {
      const page = await http.get(`${root}/${id}/lines`, Lines, { query: { outcome: 'opened', limit: 200 }, signal })
      return page.items.filter(({ lookAlike }) => lookAlike)
    },
    rejectedLines: (id) => http.text(`${root}/${id}/rejected-lines`),
  }
}
