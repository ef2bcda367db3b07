import type { HandOver } from '@maillage/contracts/coordination/hand-over'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** A page that is printed and read aloud: beyond these, nobody reads on. */
const most = 200

type LiveProposal = HandOver['proposals'][number]
type Note = HandOver['notes'][number]

// From those of their cases that were offered to somebody, each with its own few proposals.
const liveText = `select c.id as "caseId", c.reference, o.id, o.sent_at as "sentAt", o.expires_at as "expiresAt",
  json_build_object('id', p.id, 'displayName', p.display_name, 'profession', p.profession) as practitioner
from (
  select c.id as case_id, o.id from cases c cross join lateral (
    select o.id, o.expires_at from proposals o
    where o.cpts_id = $1 and o.case_id = c.id and o.status = 'pending' offset 0
  ) o
  where c.cpts_id = $1 and c.is_open and c.owner_id = $2 and c.live_proposals > 0
  order by o.expires_at, o.id limit ${most}
) first
join cases c on c.cpts_id = $1 and c.id = first.case_id
join proposals o on o.cpts_id = $1 and o.id = first.id
join practitioners p on p.cpts_id = $1 and p.id = o.practitioner_id
order by o.expires_at, o.id`

/** The proposals of somebody's open cases that wait for an answer, those that end first first. */
export async function listLiveProposals(db: Db, cptsId: CptsId, ownerId: AccountId): Promise<LiveProposal[]> {
  const rows = await queryRows<LiveProposal>(db, {
    name: 'hand_over_live',
    text: liveText,
    values: [cptsId, ownerId],
  })
  return rows.map(({ sentAt, expiresAt, ...row }) => ({
    ...row,
    sentAt: sentAt && inUtc(sentAt),
    expiresAt: expiresAt && inUtc(expiresAt),
  }))
}

// From what the team wrote lately, each line's case looked up, rather than from every case with all its story.
const notesText = `select c.id as "caseId", c.reference, e.id, e.at, e.text,
  coalesce((select a.display_name from accounts a where a.id = e.actor_id), 'Maillage') as by
from case_events e
cross join lateral (
  select c.id, c.reference from cases c
  where c.cpts_id = $1 and c.id = e.case_id and c.is_open and c.owner_id = $2 limit 1
) c
where e.cpts_id = $1 and e.at > $3::timestamptz and e.text is not null and e.type in ('note', 'contact-attempt')
order by e.at desc, e.id desc limit ${most}`

/** What was written on somebody's open cases since a moment, the latest first. */
export async function listNotes(db: Db, cptsId: CptsId, ownerId: AccountId, since: Date): Promise<Note[]> {
  const rows = await queryRows<Note>(db, {
    name: 'hand_over_notes',
    text: notesText,
    values: [cptsId, ownerId, since],
  })
  return rows.map((row) => ({ ...row, at: inUtc(row.at) }))
}

// Written by PostgreSQL with its own offset and microseconds; the wire says milliseconds in UTC.
const inUtc = (written: string): string => new Date(written).toISOString()
