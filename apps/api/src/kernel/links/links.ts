import { randomBytes } from 'node:crypto'
import { CptsId } from '@maillage/contracts/kit/ids'
import { parse, stringify } from 'uuid'
import { digestOf } from '../../platform/crypto/digest.ts'
import type { Database, Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { LinkPurpose } from './link-purposes.ts'

/** What a link opens. */
export interface FoundLink {
  readonly cptsId: CptsId
  readonly subjectId: string
  readonly expiresAt: Date
  /** When it served, for those that serve once: the page then says so rather than « unknown ». */
  readonly usedAt: Date | null
}

const cptsBytes = 16
const secretBytes = 32
const shape = /^[A-Za-z0-9_-]{64}$/

/**
 * Makes a link for one purpose and gives what it holds: the CPTS, which row-level security must know before anything is
 * read, then 256 random bits. It is given this once: only its digest is kept.
 */
export async function issueLink(
  tx: Db,
  link: { cptsId: CptsId; purpose: LinkPurpose; subjectId: string; expiresAt: Date; now: Date },
): Promise<string> {
  const { cptsId, purpose, subjectId, expiresAt, now } = link
  const token = Buffer.concat([parse(cptsId), randomBytes(secretBytes)]).toString('base64url')
  const text = `insert into single_purpose_links (cpts_id, token_hash, purpose, subject_id, expires_at, created_at)
    values ($1, $2, $3, $4, $5, $6)`
  const values = [cptsId, digestOf(token), purpose, subjectId, expiresAt, now]
  await queryRows(tx, { name: 'issue_link', text, values })
  return token
}

/** The CPTS that a link names; undefined for what is no link. That it names one proves nothing. */
export function cptsOfLink(token: string): CptsId | undefined {
  if (!shape.test(token)) return undefined
  const bytes = Buffer.from(token, 'base64url').subarray(0, cptsBytes)
  try {
    return CptsId.parse(stringify(bytes))
  } catch {
    return undefined
  }
}

const findText = `select subject_id as "subjectId", expires_at as "expiresAt", used_at as "usedAt" from single_purpose_links
  where cpts_id = $1 and token_hash = $2 and purpose = $3 and revoked_at is null and expires_at > $4`

/** What a link opens. Unknown, expired, revoked, made for something else: all the same to whoever holds it. */
export async function findLink(
  db: Database,
  token: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<FoundLink | undefined> {
  const cptsId = cptsOfLink(token)
  if (!cptsId) return undefined
  const [found] = await db.read(cptsId, (reader) =>
    queryRows<{ subjectId: string; expiresAt: string; usedAt: string | null }>(reader, {
      name: 'find_link',
      text: findText,
      values: [cptsId, digestOf(token), purpose, now],
    }),
  )
  if (!found) return undefined
  const { subjectId, expiresAt, usedAt } = found
  return { cptsId, subjectId, expiresAt: new Date(expiresAt), usedAt: usedAt === null ? null : new Date(usedAt) }
}

const useText = `update single_purpose_links set used_at = $4
  where cpts_id = $1 and token_hash = $2 and purpose = $3 and used_at is null and revoked_at is null and expires_at > $4
  returning subject_id as "subjectId"`

/**
 * Uses a link that serves once, in the transaction of what it allows, opened in the CPTS that the link names. Undefined
 * when it no longer serves: of two at the same moment, one gets the subject.
 */
export async function useLink(tx: Db, token: string, purpose: LinkPurpose, now: Date): Promise<string | undefined> {
  const cptsId = cptsOfLink(token)
  if (!cptsId) return undefined
  const values = [cptsId, digestOf(token), purpose, now]
  const [used] = await queryRows<{ subjectId: string }>(tx, { name: 'use_link', text: useText, values })
  return used?.subjectId
}

const revokeText = `update single_purpose_links set revoked_at = $4
  where cpts_id = $1 and purpose = $2 and subject_id = $3 and revoked_at is null`

/** Every link of this purpose on this subject stops opening anything. */
export async function revokeLinks(
  tx: Db,
  cptsId: CptsId,
  purpose: LinkPurpose,
  subjectId: string,
  now: Date,
): Promise<void> {
  await queryRows(tx, { name: 'revoke_links', text: revokeText, values: [cptsId, purpose, subjectId, now] })
}
