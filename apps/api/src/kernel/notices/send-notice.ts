import { type AccountId, type CptsId, newRowId, type PatientId, type PractitionerId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { Context } from '../context.ts'
import type { LinkPurpose } from '../links/link-purposes.ts'
import type { OutboxTopics } from '../record/outbox.ts'
import type { NoticeKindOf } from './notice-kind.ts'
import { type NoticeKind, noticeKinds } from './notice-kinds.ts'

/** Whom to tell: an account, everyone who signs in for a directory's entry, a patient, or an address that somebody gave. */
export type NoticeRecipient =
  | { readonly accountId: AccountId }
  | { readonly practitionerId: PractitionerId }
  | { readonly patientId: PatientId }
  | { readonly address: { readonly email: string } | { readonly phone: string } }

/**
 * Where a message leads: a link of its own, made when the message leaves and good for so many days; or a page of
 * Maillage, where signing in is asked.
 */
export type NoticeLink =
  | { readonly purpose: LinkPurpose; readonly subjectId: string; readonly days: number }
  | { readonly path: `/${string}` }

export interface Notice {
  readonly kind: NoticeKind
  readonly to: NoticeRecipient
  readonly link?: NoticeLink
  /** Counts and days alone, those that the kind declares: never a name, a birth date, a reference or a health word. */
  readonly values?: Readonly<Record<string, string | number>>
  /** What it is about, to take it back by (`cancelNotices`); it never leaves in the message. */
  readonly about?: string
  /** A second notice under the same key is not kept. */
  readonly key?: string
  /** Not before; at once when left out. Quiet hours and digests still apply. */
  readonly sendAt?: Date
}

const text = `with kept as (
  insert into notices (cpts_id, id, kind, account_id, practitioner_id, patient_id, email, phone, about, key, values, link,
    send_at, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
  on conflict (cpts_id, key) where key is not null do nothing
  returning cpts_id, id, send_at, created_at
), queued as (
  insert into outbox (cpts_id, topic, payload, run_at, created_at)
  select cpts_id, $15, jsonb_build_object('noticeId', id), nullif(send_at, created_at), created_at from kept
)
select id from kept`

/**
 * Tells somebody something, once the act that gave the reason is committed: jobs then share the notice out by the
 * channels that its recipient chose. One statement. False when the same key was told already.
 */
export async function sendNotice(
  tx: Db,
  { actor: { cptsId }, now }: { actor: { cptsId: CptsId }; now: Context['now'] },
  notice: Notice,
): Promise<boolean> {
  const { kind, link = null, values = {}, about = null, key = null, sendAt = now } = notice
  demandKnown(kind, values)
  demandGivenAddress(notice)
  const topic: keyof OutboxTopics = 'spread-notice'
  const kept = await queryRows(tx, {
    name: 'send_notice',
    text,
    values: [
      ...[cptsId, newRowId(), kind, ...columnsOf(notice.to), about, key],
      ...[JSON.stringify(values), link && JSON.stringify(link), sendAt, now, topic],
    ],
  })
  return kept.length > 0
}

function columnsOf(to: NoticeRecipient): (string | null)[] {
  const address = 'address' in to ? to.address : undefined
  return [
    'accountId' in to ? to.accountId : null,
    'practitionerId' in to ? to.practitionerId : null,
    'patientId' in to ? to.patientId : null,
    address && 'email' in address ? address.email : null,
    address && 'phone' in address ? address.phone : null,
  ]
}

function demandKnown(kind: NoticeKind, values: NonNullable<Notice['values']>): void {
  const known: readonly string[] = noticeKinds[kind].values
  const given = Object.keys(values)
  if (given.length !== known.length || !known.every((name) => given.includes(name)))
    throw new Error(`A notice of kind ${kind} takes exactly: ${known.join(', ') || 'no value'}`)
}

/** What goes by MSSanté goes to the one address that was shown and confirmed: never to whatever an account chose. */
function demandGivenAddress({ kind, to }: Notice): void {
  const { isSecure }: NoticeKindOf = noticeKinds[kind]
  if (isSecure && !('address' in to && 'email' in to.address))
    throw new Error(`A notice of kind ${kind} goes to an address`)
}

const cancelText = `update notices set cancelled_at = $4
where cpts_id = $1 and about = $2 and kind = any($3::text[]) and cancelled_at is null and spread_at is null`

/** Takes back what was to be told later about something: its reason is gone. */
export async function cancelNotices(
  tx: Db,
  { actor: { cptsId }, now }: { actor: { cptsId: CptsId }; now: Context['now'] },
  about: string,
  kinds: readonly NoticeKind[],
): Promise<void> {
  await queryRows(tx, { name: 'cancel_notices', text: cancelText, values: [cptsId, about, [...kinds], now] })
}
