import type { AccountId } from '@maillage/contracts/kit/ids'
import type { PageQuery } from '@maillage/contracts/kit/page'
import type { SentNotice, UndeliveredNotice } from '@maillage/contracts/notifications/notices'
import * as z from 'zod'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { noticeKindOf } from '../../../kernel/notices/notice-kinds.ts'
import { readRecorded, recordAudit } from '../../../kernel/record/audit.ts'
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts'
import { problem } from '../../../platform/problem-error.ts'
import { listSent, listUndelivered, markHandled } from './desk.store.ts'

const Keys = z.tuple([z.uuid()])
type Page<Item> = Promise<{ items: Item[]; next: string | null }>

/** What did not arrive: it names patients, so its reading leaves a line of the trail. */
export function readUndelivered(
  { db, now }: Deps,
  actor: Actor,
  { limit, cursor }: PageQuery,
): Page<UndeliveredNotice> {
  const [before] = decodeCursor(cursor, Keys) ?? []
  const shownBy = ({ items }: { items: readonly UndeliveredNotice[] }) =>
    items.flatMap(({ patientId }) => (patientId ? [patientId] : []))
  return readRecorded(db, actor, { action: 'undelivered.list', at: now(), shownBy }, async (reader) => {
    const rows = await listUndelivered(reader, actor.cptsId, { limit: limit + 1, before })
    return toPage(rows, limit, idOf, ({ delivery, kind, account, firstName, lastName }) => ({
      id: delivery.id,
      at: delivery.createdAt.toISOString(),
      label: noticeKindOf(kind)?.label ?? kind,
      channel: delivery.channel,
      why: delivery.status === 'refused' ? ('refused' as const) : ('given-up' as const),
      address: delivery.address ?? '',
      person: account ?? (lastName ? `${firstName} ${lastName}` : null),
      patientId: delivery.patientId,
    }))
  })
}

/** Who was written to, for whoever runs the CPTS: no patient is named there, nor any address shown. */
export function readLog({ db }: Deps, actor: Actor, { limit, cursor }: PageQuery): Page<SentNotice> {
  const [before] = decodeCursor(cursor, Keys) ?? []
  return db.read(actor.cptsId, async (reader) => {
    const rows = await listSent(reader, actor.cptsId, { limit: limit + 1, before })
    return toPage(rows, limit, idOf, ({ delivery, kind, account }) => ({
      id: delivery.id,
      at: delivery.createdAt.toISOString(),
      label: noticeKindOf(kind)?.label ?? kind,
      group: noticeKindOf(kind)?.group ?? 'account',
      channel: delivery.channel,
      status: delivery.status,
      attempts: delivery.attempts,
      sentAt: delivery.sentAt?.toISOString() ?? null,
      account,
    }))
  })
}

const idOf = ({ delivery }: { delivery: { id: string } }): [string] => [delivery.id]

/** Somebody called the person, or mended their address: the line leaves the list. */
export function handleUndelivered(deps: Deps, actor: Actor & { accountId: AccountId }, id: string): Promise<null> {
  return act(deps, actor, async (tx, { now }) => {
    const isMarked = await markHandled(tx, actor.cptsId, id, { by: actor.accountId, now })
    if (!isMarked) throw problem('not-found')
    await recordAudit(tx, actor, { action: 'undelivered.handle', at: now })
    return null
  })
}
