import { pageOf } from '@maillage/contracts/kit/page'
import {
  type Agreement,
  type ChangeAgreement,
  type ChangePartner,
  type NewAgreement,
  type NewPartner,
  Partner,
} from '@maillage/contracts/partners/partners'
import type * as z from 'zod'
import type { Http } from '../../platform/http.ts'

const Page = pageOf(Partner)

/** What the list may be narrowed by; the name typed is no part of an address. */
export interface PartnerFilters {
  kind?: string
  municipality?: string
  agreement?: string
  stale?: string
}

export interface PartnersApi {
  find: (
    filters: PartnerFilters & { q?: string },
    cursor: string | undefined,
    signal?: AbortSignal,
  ) => Promise<z.infer<typeof Page>>
  read: (id: string, signal?: AbortSignal) => Promise<Partner>
  enter: (body: NewPartner, idempotencyKey: string) => Promise<Partner>
  change: (id: string, body: ChangePartner) => Promise<Partner>
  confirm: (partner: Partner) => Promise<Partner>
  agree: (id: string, body: z.input<typeof NewAgreement>, idempotencyKey: string) => Promise<Partner>
  correct: (id: string, body: z.input<typeof ChangeAgreement>) => Promise<Partner>
  renew: (id: string, body: z.input<typeof ChangeAgreement>) => Promise<Partner>
  end: (agreement: Agreement, endedOn: string) => Promise<Partner>
}

/** The calls about partners and their agreements, each answer read by its contract. */
export function partnersApi(http: Http): PartnersApi {
  return {
    find: (filters, cursor, signal) =>
      http.get('/partners', Page, { query: { ...filters, cursor, limit: 50 }, signal }),
    read: (id, signal) => http.get(`/partners/${encodeURIComponent(id)}`, Partner, { signal }),
    enter: (body, idempotencyKey) => http.post('/partners', body, Partner, { idempotencyKey }),
    change: (id, body) => http.put(`/partners/${id}`, body, Partner),
    confirm: ({ id, version }) => http.post(`/partners/${id}/confirmation`, { version }, Partner),
    agree: (id, body, idempotencyKey) => http.post(`/partners/${id}/agreements`, body, Partner, { idempotencyKey }),
    correct: (id, body) => http.put(`/agreements/${id}`, body, Partner),
    renew: (id, body) => http.post(`/agreements/${id}/renewal`, body, Partner),
    end: ({ id, version }, endedOn) => http.post(`/agreements/${id}/end`, { endedOn, version }, Partner),
  }
}
