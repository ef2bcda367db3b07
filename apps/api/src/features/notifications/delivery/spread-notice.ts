import { CptsId, newRowId } from '@maillage/contracts/kit/ids'
import type { DeliveryChannel, NoticeChannel } from '@maillage/contracts/notifications/notices'
import * as z from 'zod'
import { act } from '../../../kernel/act.ts'
import { systemActor } from '../../../kernel/actor.ts'
import type { Context, Deps } from '../../../kernel/context.ts'
import type { NoticeKindOf } from '../../../kernel/notices/notice-kind.ts'
import { noticeKindOf } from '../../../kernel/notices/notice-kinds.ts'
import type { noticeDeliveries, notices } from '../../../kernel/notices/notices.table.ts'
import { takesTexts } from '../../../kernel/notices/takes-texts.ts'
import type { Db } from '../../../platform/db/database.ts'
import { channelsFor, defaultChoices } from '../choices/default-choices.ts'
import { insertDeliveries, takeNotice } from './delivery.store.ts'
import { type AccountRecipient, addressesOfPatient, listAccountRecipients } from './recipients.store.ts'
import { asToldNow } from './still-wanted.ts'
import { whenDue } from './when-due.ts'

/** What the outbox carries. */
export const SpreadJob = z.object({ cptsId: CptsId, noticeId: z.uuid() })

type NoticeRow = typeof notices.$inferSelect
type NewDelivery = typeof noticeDeliveries.$inferInsert

/**
 * Shares a notice out: one delivery for each person it is for and each channel that they chose, due at once or once their
 * quiet hours or their day's message come. What was taken back, or no longer has a reason, goes to nobody. Returns the
 * deliveries; a job that comes twice makes none the second time.
 */
export function spreadNotice(deps: Deps, payload: unknown): Promise<NewDelivery[]> {
  const { cptsId, noticeId } = SpreadJob.parse(payload)
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const notice = await takeNotice(tx, cptsId, noticeId, context.now)
    const kind = notice && noticeKindOf(notice.kind)
    if (!notice || !kind || !(await asToldNow(tx, notice))) return []
    const made = await deliveriesOf(tx, context, notice, kind)
    await insertDeliveries(tx, made)
    return made
  })
}

async function deliveriesOf(tx: Db, context: Context, notice: NoticeRow, kind: NoticeKindOf): Promise<NewDelivery[]> {
  if (notice.accountId || notice.practitionerId) {
    const people = await listAccountRecipients(tx, notice)
    return people.flatMap((person) => toAccount(context, notice, kind, person))
  }
  const ways = notice.patientId ? await waysToPatient(tx, context, notice.patientId) : givenWay(notice, kind)
  return ways.map(({ channel, address }) => ({
    ...blank(context, notice, channel),
    patientId: notice.patientId,
    address,
    // Mail wakes nobody; a text message does.
    dueAt: channel === 'sms' ? whenDue(defaultChoices, kind.pace, context.calendar.timeZone, context.now) : context.now,
  }))
}

function toAccount(context: Context, notice: NoticeRow, kind: NoticeKindOf, person: AccountRecipient): NewDelivery[] {
  const { now, calendar } = context
  const choices = person.choices ?? defaultChoices
  const due = whenDue(choices, kind.pace, calendar.timeZone, now)
  const addresses: Record<NoticeChannel, string | null> = {
    email: person.email,
    sms: choices.mobile,
    'in-app': null,
  }
  return channelsFor(choices, kind.group)
    .filter((channel) => channel === 'in-app' || addresses[channel] !== null)
    .map((channel) => ({
      ...blank(context, notice, channel),
      accountId: person.accountId,
      address: addresses[channel],
      // Shown in Maillage, it disturbs nobody: at once, and there it has arrived.
      ...(channel === 'in-app' ? { status: 'sent' as const, sentAt: now } : { dueAt: due }),
    }))
}

interface Way {
  readonly channel: DeliveryChannel
  readonly address: string
}

/** By mail where there is an address; else by text message; a number that takes none stays for the coordination to call. */
async function waysToPatient(
  tx: Db,
  { actor }: Context,
  patientId: NonNullable<NoticeRow['patientId']>,
): Promise<Way[]> {
  const known = await addressesOfPatient(tx, actor.cptsId, patientId)
  if (known?.email) return [{ channel: 'email', address: known.email }]
  const mobile = known?.phones.find(takesTexts)
  return mobile ? [{ channel: 'sms', address: mobile }] : []
}

function givenWay({ email, phone }: NoticeRow, { isSecure }: NoticeKindOf): Way[] {
  if (isSecure) return email ? [{ channel: 'mssante', address: email }] : []
  if (email) return [{ channel: 'email', address: email }]
  return phone && takesTexts(phone) ? [{ channel: 'sms', address: phone }] : []
}

const blank = ({ now }: Context, { cptsId, id }: NoticeRow, channel: DeliveryChannel) => ({
  cptsId,
  id: newRowId(),
  noticeId: id,
  channel,
  status: 'waiting' as const,
  dueAt: now,
  createdAt: now,
})
