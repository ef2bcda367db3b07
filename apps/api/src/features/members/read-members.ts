import type { FactorKind, FactorReset, Member } from '@maillage/contracts/access/members'
import type { AccountId } from '@maillage/contracts/kit/ids'
import type { Deps } from '../../kernel/context.ts'
import type { SignedInActor } from '../../platform/http/access.ts'
import { listOpenSessions } from '../../platform/session/open-sessions.ts'
import {
  listMemberRows,
  listOpenResets,
  type MemberRow,
  type ResetRow,
  readFactors,
  readLastSignIns,
} from './members.store.ts'

/** Who works in the CPTS and how they sign in, by name: nothing of any patient, nor of what they did. */
export async function readMembers({ db, now }: Pick<Deps, 'db' | 'now'>, actor: SignedInActor): Promise<Member[]> {
  const { rows, resets } = await db.read(actor.cptsId, async (reader) => ({
    rows: await listMemberRows(reader, actor.cptsId),
    resets: await listOpenResets(reader, actor.cptsId, now()),
  }))
  const people = byAccount(rows)
  const ids = [...people.keys()]
  // Sign-ins belong to no CPTS: no statement joins them with a tenant's rows.
  const signIns = await db.global(async (tx) => ({
    factors: await readFactors(tx, ids),
    last: await readLastSignIns(tx, ids),
    open: byAccount(await listOpenSessions(tx, ids, now())),
  }))
  return [...people].map(([accountId, own]) => {
    const reset = resets.find((one) => one.accountId === accountId)
    // Who has left the CPTS may work in another, which alone is told when and where they sign in.
    const isHere = own.some(({ endedAt }) => endedAt === null)
    return {
      ...memberOf(own),
      accountId,
      isSelf: accountId === actor.accountId,
      secondFactor: own[0]?.isExempt ? 'exempt' : factorOf(accountId, signIns.factors),
      lastSignIn: (isHere && signIns.last.get(accountId)?.toISOString().slice(0, 10)) || null,
      openSessions: isHere ? (signIns.open.get(accountId)?.length ?? 0) : 0,
      reset: reset ? resetOf(reset, actor) : null,
    }
  })
}

function byAccount<Row extends { accountId: AccountId }>(rows: readonly Row[]): Map<AccountId, Row[]> {
  const found = new Map<AccountId, Row[]>()
  for (const row of rows) found.set(row.accountId, [...(found.get(row.accountId) ?? []), row])
  return found
}

function memberOf(rows: readonly MemberRow[]): Pick<Member, 'displayName' | 'email' | 'isClosed' | 'memberships'> {
  const [first] = rows
  return {
    displayName: first?.displayName ?? '',
    email: first?.email ?? '',
    isClosed: first?.disabledAt !== null,
    memberships: rows.map(({ id, role, endedAt }) => ({ id, role, endedAt: endedAt?.toISOString() ?? null })),
  }
}

function factorOf(id: AccountId, { totp, passkey }: Awaited<ReturnType<typeof readFactors>>): FactorKind {
  if (totp.has(id)) return passkey.has(id) ? 'both' : 'authenticator'
  return passkey.has(id) ? 'passkey' : 'none'
}

function resetOf(
  { id, askedBy, askedByName, askedAt, expiresAt, accountId }: ResetRow,
  actor: SignedInActor,
): FactorReset {
  const isByMail = askedBy === accountId
  const isOther = actor.accountId !== askedBy && actor.accountId !== accountId
  return {
    id,
    askedBy: { id: askedBy, displayName: askedByName },
    isByMail,
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    mayConfirm: isOther && (!isByMail || actor.role === 'administrator'),
  }
}
