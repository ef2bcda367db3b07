import type { CptsId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { and, count, desc, eq, gt, or, sql } from 'drizzle-orm'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { digestOf } from '../../platform/crypto/digest.ts'
import type { Database, Db } from '../../platform/db/database.ts'
import type { ContactAddress } from './form/reader.ts'
import { type Answers, registrationConsents, registrationDrafts, registrations } from './public-registration.table.ts'

export type Draft = typeof registrationDrafts.$inferSelect
export type Registration = typeof registrations.$inferSelect

const own = <Table extends typeof registrationDrafts | typeof registrations>(table: Table, key: RowKey) =>
  and(eq(table.cptsId, key.cptsId), eq(table.id, key.id))

/** Which row of which CPTS. */
export interface RowKey {
  readonly cptsId: CptsId
  readonly id: string
}

/** What an address is found by: its digest, so that the table tells nobody's. */
export function digestOfAddress(address: ContactAddress): string {
  const word = 'email' in address ? `email:${address.email.trim().toLowerCase()}` : `phone:${address.phone}`
  return digestOf(word)
}

export async function insertDraft(tx: Db, draft: Draft): Promise<void> {
  await tx.insert(registrationDrafts).values(draft)
}

/** A draft that has not expired. */
export async function findDraft(db: Db, key: RowKey, now: Date): Promise<Draft | undefined> {
  const [draft] = await db
    .select()
    .from(registrationDrafts)
    .where(and(own(registrationDrafts, key), gt(registrationDrafts.expiresAt, now)))
  return draft
}

export async function saveAnswers(tx: Db, key: RowKey, answers: Answers): Promise<void> {
  await tx.update(registrationDrafts).set({ answers }).where(own(registrationDrafts, key))
}

/** Takes a draft away, and says whether it was there: of two who send it at once, one does. */
export async function takeDraft(tx: Db, key: RowKey): Promise<boolean> {
  const taken = await tx
    .delete(registrationDrafts)
    .where(own(registrationDrafts, key))
    .returning({ id: registrationDrafts.id })
  return taken.length > 0
}

export async function insertRegistration(
  tx: Db,
  registration: Pick<
    Registration,
    'cptsId' | 'id' | 'municipalityCode' | 'answers' | 'noticeVersion' | 'submittedAt' | 'expiresAt'
  > &
    ContactDigests,
): Promise<void> {
  await tx.insert(registrations).values(registration)
}

/** By what a request is found again when its link is lost. */
export interface ContactDigests {
  readonly emailDigest: string | null
  readonly phoneDigest: string | null
}

export const digestsOf = (contact: { email?: string | null; phones: readonly string[] }): ContactDigests => ({
  emailDigest: contact.email ? digestOfAddress({ email: contact.email }) : null,
  phoneDigest: contact.phones[0] ? digestOfAddress({ phone: contact.phones[0] }) : null,
})

/** How many requests an address sent in this CPTS since an instant: nobody's mailbox is filled by a stranger. */
export async function countSentSince(db: Db, cptsId: CptsId, digests: ContactDigests, since: Date): Promise<number> {
  const { emailDigest, phoneDigest } = digests
  const [row] = await db
    .select({ sent: count() })
    .from(registrations)
    .where(
      and(
        eq(registrations.cptsId, cptsId),
        gt(registrations.submittedAt, since),
        or(
          emailDigest ? eq(registrations.emailDigest, emailDigest) : undefined,
          phoneDigest ? eq(registrations.phoneDigest, phoneDigest) : undefined,
        ),
      ),
    )
  return row?.sent ?? 0
}

/** Takes a request for this transaction; undefined when it is gone. */
export async function lockRegistration(tx: Db, key: RowKey): Promise<Registration | undefined> {
  const [row] = await tx.select().from(registrations).where(own(registrations, key)).for('update')
  return row
}

export async function findRegistration(db: Db, key: RowKey): Promise<Registration | undefined> {
  const [row] = await db.select().from(registrations).where(own(registrations, key))
  return row
}

export async function patchRegistration(tx: Db, key: RowKey, patch: Partial<Registration>): Promise<void> {
  await tx.update(registrations).set(patch).where(own(registrations, key))
}

/** Marks a request as confirmed: its answers are the case's from now on, and no longer lie here. */
export async function linkToCase(
  tx: Db,
  key: RowKey,
  { id: caseId, patientId }: Pick<CaseRow, 'id' | 'patientId'>,
  now: Date,
): Promise<void> {
  await patchRegistration(tx, key, { caseId, patientId, confirmedAt: now, answers: null, expiresAt: null })
}

/** Keeps an agreement, or its end, with the text that it was about. */
export async function insertConsent(
  tx: Db,
  key: RowKey,
  consent: { noticeVersion: string; isGiven: boolean; at: Date },
): Promise<void> {
  await tx
    .insert(registrationConsents)
    .values({ cptsId: key.cptsId, id: newRowId(), registrationId: key.id, channel: 'online', ...consent })
}

/** What somebody agreed to and when, the latest first. */
export const listConsents = (db: Db, key: RowKey) =>
  db
    .select({
      noticeVersion: registrationConsents.noticeVersion,
      isGiven: registrationConsents.isGiven,
      at: registrationConsents.at,
    })
    .from(registrationConsents)
    .where(and(eq(registrationConsents.cptsId, key.cptsId), eq(registrationConsents.registrationId, key.id)))
    .orderBy(desc(registrationConsents.at), desc(registrationConsents.id))

/** The confirmed requests that were sent from an address, in whichever CPTS. Ids alone. */
export async function registrationsReachedAt(db: Database, digest: string): Promise<RowKey[]> {
  const { rows } = await db.global((tx) =>
    tx.execute<{ cpts_id: CptsId; id: string }>(sql`select cpts_id, id from registrations_reached_at(${digest})`),
  )
  return rows.map(({ cpts_id: cptsId, id }) => ({ cptsId, id }))
}

/** Is this request still to be confirmed at this moment? */
export const awaitsConfirmation = ({ confirmedAt, expiresAt }: Registration, now: Date): boolean =>
  confirmedAt === null && expiresAt !== null && expiresAt > now
