import { createHash } from 'node:crypto'
import { PractitionerId } from '@maillage/contracts/kit/ids'
import type { CalendarFeed, NewCalendarFeed } from '@maillage/contracts/slots/slots'
import ical, { ICalEventBusyStatus } from 'ical-generator'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { linkAddress } from '../../kernel/links/link-purposes.ts'
import { findLink, issueLink, revokeLinks } from '../../kernel/links/links.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { instantOf } from '../../platform/db/named-query.ts'
import { problem } from '../../platform/problem-error.ts'
import { type BusyTime, feedSince, listBusy } from './calendar-feed.store.ts'
import { actOnSlots, demandOwnSlots } from './own-slots.ts'

const DAY = 86_400_000
/** A calendar that nobody renews for two years is nobody's. */
const servesMs = 730 * DAY
const behindMs = 31 * DAY
const aheadMs = 92 * DAY

/** What the feed says of a visit, and all that it says. */
const title = 'Occupé — Maillage'

/** Whether a practitioner's calendar has an address, and since when. The address itself is kept nowhere. */
export function readFeed(deps: Deps, actor: Actor, id: PractitionerId): Promise<CalendarFeed> {
  return deps.db.read(actor.cptsId, async (db) => {
    await demandOwnSlots(db, actor, id)
    const since = await feedSince(db, actor.cptsId, id, deps.now())
    return { since: since?.toISOString() ?? null }
  })
}

/** Makes a new secret address; the one before stops serving at once. It is told this once. */
export function renewFeed(
  deps: Deps & { readonly publicUrl: string },
  actor: Actor,
  id: PractitionerId,
): Promise<NewCalendarFeed> {
  return act(deps, actor, async (tx, context) => {
    const { now } = context
    const own = await actOnSlots(tx, context, id)
    const { cptsId } = actor
    await revokeLinks(tx, cptsId, 'calendar-feed', id, now)
    const expiresAt = new Date(now.getTime() + servesMs)
    const token = await issueLink(tx, { cptsId, purpose: 'calendar-feed', subjectId: id, expiresAt, now })
    await recordAudit(tx, own, { action: `calendar-feed.renew ${id}`, at: now })
    return { url: linkAddress(deps.publicUrl, 'calendar-feed', token), since: now.toISOString() }
  })
}

/** The address stops serving. */
export function dropFeed(deps: Deps, actor: Actor, id: PractitionerId): Promise<CalendarFeed> {
  return act(deps, actor, async (tx, context) => {
    const { now } = context
    const own = await actOnSlots(tx, context, id)
    await revokeLinks(tx, actor.cptsId, 'calendar-feed', id, now)
    await recordAudit(tx, own, { action: `calendar-feed.drop ${id}`, at: now })
    return { since: null }
  })
}

/** A calendar as it is sent, with the name of this very content. */
export interface WrittenCalendar {
  readonly body: string
  readonly etag: string
}

/** The calendar behind a secret address; 404 for one that never was, was renewed or ran out, all the same. */
export async function openFeed(deps: Deps, token: string): Promise<WrittenCalendar> {
  const now = deps.now()
  const link = await findLink(deps.db, token, 'calendar-feed', now)
  if (!link) throw problem('not-found')
  const span = { from: new Date(now.getTime() - behindMs), until: new Date(now.getTime() + aheadMs) }
  const id = PractitionerId.parse(link.subjectId)
  const busy = await deps.db.read(link.cptsId, (db) => listBusy(db, link.cptsId, id, span))
  const body = writeCalendar(busy)
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` }
}

/** In UTC: an instant needs no rule of clock changes, and every program shows it in its reader's zone. */
export function writeCalendar(busy: readonly BusyTime[]): string {
  const calendar = ical({ name: title, prodId: { company: 'Maillage', product: 'creneaux', language: 'FR' } })
  for (const { id, startsAt, endsAt, since } of busy) {
    calendar.createEvent({
      id: `${id}@maillage`,
      start: new Date(instantOf(startsAt)),
      end: new Date(instantOf(endsAt)),
      stamp: new Date(instantOf(since)),
      summary: title,
      busystatus: ICalEventBusyStatus.BUSY,
    })
  }
  return calendar.toString()
}
