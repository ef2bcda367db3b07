import type { Tenant } from './tenants.ts'

/** A request to the product, and what the limit is asked instead; without it, nothing is compared. */
export interface Read {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  /** The path at the limit: its statement, then the statement's values. */
  readonly limit?: { readonly statement: string; readonly values: readonly string[] }
}

/** One thing that a coordinator asks, in as many variants as make it ordinary. */
export interface ReadOperation {
  readonly name: string
  readonly reads: (tenant: Tenant) => readonly Read[]
  /** Measured with 1 and 64 connections too, and in a quick run. */
  readonly isMain?: boolean
  readonly status?: string
}

const api = '/api/v1'
const page =
  (query: string, statement: string, values: (tenant: Tenant) => readonly string[] = () => []) =>
  (tenant: Tenant): Read[] => [
    {
      url: `${api}/worklist${query}`,
      limit: { statement: `page/${statement}`, values: [tenant.cptsId, ...values(tenant)] },
    },
  ]

const hour = 3_600_000
/** A moment after now, for the limit: the product counts its own day. */
const later = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString()

const countsRead = ({ cptsId }: Tenant): Read => ({
  url: `${api}/worklist/counts`,
  limit: { statement: 'text/counts', values: [cptsId] },
})

const caseRead =
  (path: keyof Tenant['cases']) =>
  (tenant: Tenant): Read[] =>
    tenant.cases[path].slice(0, 20).flatMap((id) => [
      { url: `${api}/${path}/${id}`, limit: { statement: `text/${path}`, values: [tenant.cptsId, id] } },
      { url: `${api}/cases/${id}/timeline`, limit: { statement: 'text/timeline', values: [tenant.cptsId, id] } },
    ])

const search =
  (typed: (tenant: Tenant) => readonly string[]) =>
  (tenant: Tenant): Read[] =>
    typed(tenant).map((q) => ({
      method: 'POST',
      url: `${api}/patients/search`,
      body: { q, limit: 20 },
      limit: { statement: 'text/patients', values: [tenant.cptsId, q] },
    }))

/** What a coordinator reads all day. */
export const readOperations: readonly ReadOperation[] = [
  { name: 'file, première page', isMain: true, reads: page('', 'first') },
  { name: 'file, un type', reads: page('?kind=gp-search', 'kind') },
  { name: 'file, une bande', reads: page('?band=P1', 'band') },
  { name: 'file, un statut', reads: page('?kind=gp-search&status=eligible', 'status') },
  { name: 'file, une commune', reads: (t) => page(`?municipality=${t.commune}`, 'municipality', () => [t.commune])(t) },
  { name: 'file, les miens', reads: page('?owner=me', 'mine', ({ accountId }) => [accountId]) },
  { name: 'file, à personne', reads: page('?owner=none', 'nobody') },
  { name: 'file, en retard', reads: page('?due=late', 'late', () => [later(0)]) },
  { name: 'file, aujourd’hui', reads: page('?due=today', 'due', () => [later(0), later(12 * hour)]) },
  { name: 'file, cette semaine', reads: page('?due=week', 'due', () => [later(0), later(168 * hour)]) },
  { name: 'file, par ouverture', reads: page('?sort=opened', 'by-opening') },
  { name: 'file, par bande', reads: page('?sort=band', 'by-band') },
  { name: 'compteurs', isMain: true, reads: (tenant) => [countsRead(tenant)] },
  {
    name: 'file et compteurs',
    isMain: true,
    reads: (tenant) => [...page('', 'first')(tenant), countsRead(tenant)],
  },
  { name: 'une recherche et son histoire', isMain: true, reads: caseRead('gp-searches') },
  { name: 'un soin non programmé et son histoire', reads: caseRead('unscheduled-cares') },
  { name: 'une sortie et son histoire', reads: caseRead('hospital-discharges') },
  { name: 'un nom tapé, 2 à 6 lettres', isMain: true, reads: search(({ typed }) => typed) },
  { name: 'un nom tapé, 2 lettres', reads: search(({ typed }) => typed.slice(0, 1)) },
  {
    name: 'la file, un nom tapé',
    reads: (tenant) =>
      tenant.typed.slice(1).map((q) => ({
        method: 'POST',
        url: `${api}/worklist/search`,
        body: { q },
        limit: { statement: 'page/found', values: [tenant.cptsId, q] },
      })),
  },
  {
    name: 'annuaire, première page',
    reads: ({ cptsId }) => [{ url: `${api}/practitioners`, limit: { statement: 'text/directory', values: [cptsId] } }],
  },
  {
    name: 'candidats d’une recherche',
    reads: (tenant) =>
      tenant.cases['gp-searches'].slice(0, 20).map((id) => ({ url: `${api}/gp-searches/${id}/candidates` })),
  },
]

interface Page {
  readonly items: readonly { id: string; band: string; dueAt: string | null; openedAt: string }[]
  readonly next: string | null
}

/** Far down the queue: as a reader who scrolls arrives there, page after page. */
export async function deepRead(port: number, tenant: Tenant, rows: number): Promise<Read | undefined> {
  let cursor = ''
  let last: Page['items'][number] | undefined
  for (let seen = 0; seen < rows; seen += 200) {
    const url = `http://127.0.0.1:${port}${api}/worklist?limit=200${cursor}`
    const answer = await fetch(url, { headers: tenant.headers })
    // The product checks its own answers against its contract.
    const { items, next } = (await answer.json()) as Page
    if (!next) break
    cursor = `&cursor=${encodeURIComponent(next)}`
    last = items.at(-1)
  }
  if (!last) return undefined
  const keys = [last.dueAt ?? 'infinity', last.band.slice(1), last.openedAt, last.id]
  return {
    url: `${api}/worklist?${cursor.slice(1)}`,
    limit: { statement: 'page/deep', values: [tenant.cptsId, ...keys] },
  }
}
