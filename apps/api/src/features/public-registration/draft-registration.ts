import { newRowId } from '@maillage/contracts/kit/ids'
import { findLink, issueLink, revokeLinks } from '../../kernel/links/links.ts'
import { delays } from './delays.ts'
import type { PublicDeps } from './public-deps.ts'
import type { Answers } from './public-registration.table.ts'
import { type Draft, findDraft, insertDraft, type RowKey, saveAnswers } from './registration.store.ts'

/** Begins a request; what comes back is all that finds it, and is kept in the browser's cookie alone. */
export function beginDraft(deps: PublicDeps, { cptsId, commune }: { cptsId: RowKey['cptsId']; commune: string }) {
  const now = deps.now()
  const expiresAt = new Date(now.getTime() + delays.draftMs)
  const id = newRowId()
  return deps.db.transaction(cptsId, async (tx) => {
    await insertDraft(tx, { cptsId, id, municipalityCode: commune, answers: {}, startedAt: now, expiresAt })
    return issueLink(tx, { cptsId, purpose: 'registration-draft', subjectId: id, expiresAt, now })
  })
}

/** The request that a browser has begun; undefined when it has none, or it expired, or was sent. */
export async function openDraft(deps: PublicDeps, token: string | undefined): Promise<Draft | undefined> {
  if (token === undefined) return undefined
  const link = await findLink(deps.db, token, 'registration-draft', deps.now())
  if (!link) return undefined
  const { cptsId, subjectId: id } = link
  return deps.db.read(cptsId, (db) => findDraft(db, { cptsId, id }, deps.now()))
}

/** Keeps what was typed, faulty or not: nothing is lost on an error or by going back. */
export function keepAnswers(deps: PublicDeps, draft: Draft, answers: Answers): Promise<void> {
  return deps.db.transaction(draft.cptsId, (tx) => saveAnswers(tx, draft, answers))
}

/** Forgets by what the browser found its draft. */
export const forgetDraftLinks = (
  tx: Parameters<typeof revokeLinks>[0],
  { cptsId, id }: RowKey,
  now: Date,
): Promise<void> => revokeLinks(tx, cptsId, 'registration-draft', id, now)
