import { CaseKindName } from '@maillage/contracts/cases'
import { AccountId, CaseId, CptsId, MembershipId, PractitionerId, ProposalId } from '@maillage/contracts/kit/ids'
import * as z from 'zod'

/** What the triggers and this slice send over `maillage_case` (migrations `foundation` and `live`). */
export const ToldChange = z.union([
  z.object({
    what: z.literal('entry'),
    cptsId: CptsId,
    id: CaseId,
    entry: z.uuid(),
    type: z.string(),
    actorId: AccountId.nullable(),
  }),
  z.object({
    what: z.literal('proposal'),
    cptsId: CptsId,
    id: ProposalId,
    version: z.int(),
    practitionerId: PractitionerId,
  }),
  z.object({ what: z.literal('notice'), cptsId: CptsId, id: z.uuid(), accountId: AccountId }),
  z.object({ what: z.literal('presence'), cptsId: CptsId, id: CaseId, actorId: AccountId }),
  z.object({ what: z.literal('membership'), cptsId: CptsId, id: MembershipId }),
  // For the door, which lets nobody in under a session that ended (migration `ended_sessions`).
  z.object({ what: z.literal('session'), id: z.uuid() }),
  // A name in the rows of the queue: for those who keep pages of it, not for open screens.
  z.object({ what: z.literal('listing'), cptsId: CptsId.nullable(), mark: z.string() }),
  z.object({
    what: z.literal('case').default('case'),
    cptsId: CptsId,
    id: CaseId,
    kind: CaseKindName,
    version: z.int(),
  }),
])
export type ToldChange = z.infer<typeof ToldChange>

/** All that happened to one case within a moment. */
export interface CaseNews {
  readonly id: CaseId
  kind: CaseKindName | null
  version: number | null
  /** The latest line of the story, and the latest one that those who take part may read. */
  entry: string | null
  openEntry: string | null
  /** The latest message between a ward or a requester and the coordination: practitioners never hear of it. */
  messageEntry: string | null
  /** Some of it concerns those who take part, not the coordination alone. */
  isOpen: boolean
  readonly actors: Set<AccountId | null>
  isChanged: boolean
  /** Who came to read it, or left. */
  readonly readers: Set<AccountId>
}

/** All that happened in one CPTS within a moment, once a thing. */
export interface Moment {
  readonly cases: Map<CaseId, CaseNews>
  readonly proposals: Map<ProposalId, { id: ProposalId; version: number; practitionerId: PractitionerId }>
  /** The latest message to each account. */
  readonly notices: Map<AccountId, string>
}

export const newMoment = (): Moment => ({ cases: new Map(), proposals: new Map(), notices: new Map() })
export const isEmpty = ({ cases, proposals, notices }: Moment): boolean =>
  cases.size === 0 && proposals.size === 0 && notices.size === 0

// The coordination's own lines: they change no fact of the case, and nobody else reads them.
const internal = new Set(['note', 'contact-attempt', 'reminder', 'message'])
const readByAll = new Set(['move', 'need'])

function caseNews(moment: Moment, id: CaseId): CaseNews {
  const known = moment.cases.get(id)
  if (known) return known
  const fresh: CaseNews = {
    id,
    kind: null,
    version: null,
    entry: null,
    openEntry: null,
    messageEntry: null,
    isOpen: false,
    actors: new Set(),
    isChanged: false,
    readers: new Set(),
  }
  moment.cases.set(id, fresh)
  return fresh
}

const later = (one: string | null, other: string): string => (one !== null && one > other ? one : other)

const addNotice = ({ notices }: Moment, accountId: AccountId, id: string): void => {
  notices.set(accountId, later(notices.get(accountId) ?? null, id))
}

/** Several moments as one: what happened to a case is told once. */
export function together(moments: readonly Moment[]): Moment {
  const all = newMoment()
  for (const { cases, proposals, notices } of moments) {
    for (const [accountId, id] of notices) addNotice(all, accountId, id)
    for (const proposal of proposals.values()) all.proposals.set(proposal.id, proposal)
    for (const one of cases.values()) {
      const news = caseNews(all, one.id)
      news.kind ??= one.kind
      if (one.version !== null) news.version = Math.max(news.version ?? 0, one.version)
      if (one.entry) news.entry = later(news.entry, one.entry)
      if (one.openEntry) news.openEntry = later(news.openEntry, one.openEntry)
      if (one.messageEntry) news.messageEntry = later(news.messageEntry, one.messageEntry)
      news.isOpen ||= one.isOpen
      news.isChanged ||= one.isChanged
      for (const actor of one.actors) news.actors.add(actor)
      for (const reader of one.readers) news.readers.add(reader)
    }
  }
  return all
}

/** Adds one message to the moment it belongs to. */
export function gather(
  moment: Moment,
  told: Exclude<ToldChange, { what: 'membership' | 'listing' | 'session' }>,
): void {
  switch (told.what) {
    case 'proposal':
      moment.proposals.set(told.id, told)
      return
    case 'notice':
      addNotice(moment, told.accountId, told.id)
      return
    case 'presence':
      caseNews(moment, told.id).readers.add(told.actorId)
      return
    case 'entry': {
      const news = caseNews(moment, told.id)
      news.isChanged = true
      news.entry = later(news.entry, told.entry)
      if (readByAll.has(told.type)) news.openEntry = later(news.openEntry, told.entry)
      if (told.type === 'message') news.messageEntry = later(news.messageEntry, told.entry)
      news.isOpen ||= !internal.has(told.type)
      news.actors.add(told.actorId)
      return
    }
    case 'case': {
      const news = caseNews(moment, told.id)
      news.isChanged = true
      news.isOpen = true
      news.kind = told.kind
      news.version = Math.max(news.version ?? 0, told.version)
    }
  }
}
