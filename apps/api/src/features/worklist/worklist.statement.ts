import { createHash } from 'node:crypto'
import { bands, type CaseKindName, caseKinds } from '@maillage/contracts/cases'
import type { AccountId, CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { statusesByKind, type WorklistQuery } from '@maillage/contracts/worklist'
import * as z from 'zod'
import type { CaseKinds } from '../../kernel/context.ts'
import type { Param } from '../../kernel/patients/patient-finder.ts'
import { casesOfPeople } from '../../kernel/patients/searches-of.ts'
import { rankOf } from '../../kernel/priority.ts'
import type { Statement } from '../../platform/db/named-query.ts'
import type { DueWindow } from './due-window.ts'

/** PostgreSQL's dates begin long after the year 0 that a hand-made cursor could name. */
const Moment = z.iso.datetime().refine((at) => at >= '1900')

/** Where a page starts: the order it belongs to, then the four keys of the last row. A clock may be at `infinity`. */
export const WorklistCursor = z.tuple([
  z.enum(['queue', 'band', 'opened']),
  z.union([z.literal('infinity'), Moment]),
  z.int().min(1).max(bands.length),
  Moment,
  z.uuid(),
])
export type WorklistCursor = z.infer<typeof WorklistCursor>

/** A page to read, every name in it checked against a closed list. */
export interface WorklistPage {
  readonly query: Omit<WorklistQuery, 'cursor'>
  readonly cptsId: CptsId
  readonly me: AccountId | null
  readonly after: WorklistCursor | undefined
  readonly due: DueWindow | null
  /** Whom was typed: a case by its reference, or the cases of these people. */
  readonly sought: { readonly references: readonly string[]; readonly patients: readonly PatientId[] } | null
  /** These cases alone. */
  readonly ids?: readonly CaseId[]
}

// The patient by a lateral join that cannot be flattened: the plan stays one walk along the index, in its order.
const headOf = (
  people: string,
): string => `select c.id, c.reference, c.kind, c.status, c.band_rank, c.score, c.due_at, c.due_code, c.queue_at,
  p.first_name, p.last_name, p.birth_date, p.sex, c.opened_at, c.updated_at, c.escalated_at is not null as escalated,
  (select name from municipalities where code = c.municipality_code) as municipality,
  c.owner_id, (select display_name from accounts where id = c.owner_id) as owner_name,
  c.live_proposals, c.household_size, c.coverage, c.version${
    people
      ? `,
  ${foundWith(people)}`
      : ''
  }
from cases c cross join lateral (
  select first_name, last_name, birth_date, sex from patients where cpts_id = c.cpts_id and id = c.patient_id offset 0
) p`

/**
 * The statement of a page, or null when the filters exclude each other. Kinds, statuses, bands and limits stand in the
 * text, from closed lists, so that each text has one stable plan; what a person chose (commune, owner) is a parameter.
 */
export function worklistStatement(page: WorklistPage, kinds: CaseKinds): Statement | null {
  const values: unknown[] = [page.cptsId]
  const param: Param = (value, type) => `$${values.push(value)}::${type}`
  const states = statesOf(page.query, kinds, page.sought !== null && page.sought.references.length > 0)
  const patients = page.sought?.patients ?? []
  // An array that PostgreSQL does not see, so that the plan that it keeps for any word starts from the patients.
  const people = patients.length > 0 ? `array(select unnest(${param(patients, 'uuid[]')}))` : ''
  const found = page.sought ? foundBy(page.sought, people, param) : ''
  if (!states) return null
  const keys = keysOf(page.query)
  const wheres = ['c.cpts_id = $1', ...states, found, ...chosen(page, param), beginning(page.after, keys, param)]
  const order = [...(page.query.owner === 'none' ? ['owner_id'] : []), ...keys].map((key) => `c.${key}`)
  const text = `${headOf(people)}
where ${wheres.filter(Boolean).join('\n  and ')}
order by ${order.join(', ')}
limit ${roundedLimit(page.query.limit) + 1}`
  return isOrdinary(page) ? { name: `worklist_${digest(text)}`, text, values } : { text, values }
}

/** Limits come from a short list, so that they can stand in the text; the page is cut afterwards. */
export const roundedLimit = (limit: number): number => [25, 50, 100].find((size) => limit <= size) ?? 200

const digest = (text: string): string => createHash('sha1').update(text).digest('base64url')

/** Kept prepared: pages with one filter at most. Combinations are many; each would stay in every connection's memory. */
function isOrdinary({ query, ids }: WorklistPage): boolean {
  if (ids) return false
  const filters = [query.kind, query.status, query.band, query.municipality, query.owner, query.due]
  const set = filters.filter((filter) => filter !== undefined)
  return set.length <= 1 && set.every((filter) => typeof filter === 'string' || filter.length === 1)
}

const oneOf = (column: string, names: readonly (string | number)[]): string => {
  const literals = names.map((name) => (typeof name === 'number' ? String(name) : `'${name}'`))
  return literals.length === 1 ? `${column} = ${literals[0]}` : `${column} in (${literals.join(', ')})`
}

/** Kinds and statuses as conditions; null when no kind asked for knows a status asked for. */
function statesOf({ kind, status }: WorklistPage['query'], kinds: CaseKinds, closedToo: boolean): string[] | null {
  const asked = kind ?? caseKinds
  if (!status) {
    return [closedToo ? '' : 'c.is_open', asked.length < caseKinds.length ? oneOf('c.kind', [...new Set(asked)]) : '']
  }
  const knows = (one: CaseKindName): readonly string[] => status.filter((name) => listOf(one).includes(name))
  const concerned = caseKinds.filter((one) => asked.includes(one) && knows(one).length > 0)
  const named = [...new Set(concerned.flatMap(knows))]
  if (named.length === 0) return null
  const isFinal = concerned.some((one) => knows(one).some((name) => kinds[one].finalStatuses.includes(name)))
  return [
    isFinal ? '' : 'c.is_open',
    concerned.length < caseKinds.length ? oneOf('c.kind', concerned) : '',
    oneOf('c.status', named),
  ]
}

const listOf = (kind: CaseKindName): readonly string[] => statusesByKind[kind]

/** A reference names one case, found even when it is closed; anything else finds patients. */
function foundBy({ references }: NonNullable<WorklistPage['sought']>, people: string, param: Param): string {
  if (references.length > 0) return `c.reference = any(${param(references, 'text[]')})`
  return `c.id = any(${casesOfPeople(people)})`
}

/** Who of a household was typed, where it is not the one whom the case is opened for. */
const foundWith = (people: string): string => `case when c.patient_id = any(${people}) then null else (
    select string_agg(h.first_name || ' ' || h.last_name, ', ' order by h.birth_date, h.id)
    from gp_search_members m join patients h on h.cpts_id = $1 and h.id = m.patient_id
    where m.cpts_id = $1 and m.case_id = c.id and m.patient_id = any(${people})) end as found_with`

function chosen({ query, me, due, ids }: WorklistPage, param: Param): string[] {
  const { band, municipality, owner } = query
  const wheres: string[] = ids ? [`c.id = any(${param(ids, 'uuid[]')})`] : []
  if (band) wheres.push(oneOf('c.band_rank', [...new Set(band)].map(rankOf)))
  if (municipality) {
    const [only, ...others] = municipality
    const isOne = others.length === 0
    wheres.push(
      isOne
        ? `c.municipality_code = ${param(only, 'text')}`
        : `c.municipality_code = any(${param(municipality, 'text[]')})`,
    )
  }
  if (owner === 'none') wheres.push('c.owner_id is null')
  else if (owner === 'me-or-none') wheres.push(`(c.owner_id is null or c.owner_id = ${param(me, 'uuid')})`)
  else if (owner) wheres.push(`c.owner_id = ${param(owner === 'me' ? me : owner, 'uuid')}`)
  if (due?.from) wheres.push(`c.queue_at >= ${param(due.from, 'timestamptz')}`)
  if (due) wheres.push(`c.queue_at < ${param(due.before, 'timestamptz')}`)
  return wheres
}

type Key = 'queue_at' | 'band_rank' | 'opened_at' | 'id'

/** The order, all ascending, so that a page starts by one comparison of rows; a key that a filter fixes is left out. */
function keysOf({ sort, band }: WorklistPage['query']): Key[] {
  const keys: Record<typeof sort, Key[]> = {
    queue: ['queue_at', 'band_rank', 'opened_at', 'id'],
    band: ['band_rank', 'queue_at', 'opened_at', 'id'],
    opened: ['opened_at', 'id'],
  }
  return band?.length === 1 ? keys[sort].filter((key) => key !== 'band_rank') : keys[sort]
}

function beginning(after: WorklistCursor | undefined, keys: readonly Key[], param: Param): string {
  if (!after) return ''
  const [, queueAt, bandRank, openedAt, id] = after
  const given: Record<Key, () => string> = {
    queue_at: () => param(queueAt, 'timestamptz'),
    band_rank: () => param(bandRank, 'smallint'),
    opened_at: () => param(openedAt, 'timestamptz'),
    id: () => param(id, 'uuid'),
  }
  return `(${keys.map((key) => `c.${key}`).join(', ')}) > (${keys.map((key) => given[key]()).join(', ')})`
}
