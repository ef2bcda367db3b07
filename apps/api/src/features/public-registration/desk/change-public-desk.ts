import type {
  ChangePublicDesk,
  InformationNotices,
  PublicDesk,
  PublishNotice,
} from '@maillage/contracts/coordination/public-registration'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import { problem } from '../../../platform/problem-error.ts'
import { defaultNotice } from '../notice/default-notice.ts'
import { insertNotice, listNotices } from '../notice/notice.store.ts'
import { getPublicDesk, writePublicDesk } from './public-desk.store.ts'

/** Writes what the CPTS tells the public of itself. */
export function changePublicDesk(deps: Deps, actor: Actor, change: ChangePublicDesk): Promise<PublicDesk> {
  return act(deps, actor, async (tx, { now }) => {
    if (!(await writePublicDesk(tx, actor.cptsId, change, now))) throw problem('version-stale')
    await recordAudit(tx, actor, { action: 'public-desk.change', at: now })
    return getPublicDesk(tx, actor.cptsId)
  })
}

/** The texts of the CPTS, the one that stands first, the product's own at the end. */
export async function readNotices(db: Db, cptsId: Actor['cptsId']): Promise<InformationNotices> {
  const published = await listNotices(db, cptsId)
  const items = published.map(({ version, text, publishedAt, publishedBy }) => ({
    ...{ text, publishedBy },
    version: String(version),
    publishedAt: publishedAt.toISOString(),
  }))
  return { items: [...items, { ...defaultNotice, publishedAt: null, publishedBy: null }] }
}

/** Publishes a text: it stands from now on, and what people agreed to before stays as it was. */
export function publishNotice(deps: Deps, actor: Actor, { text, seen }: PublishNotice): Promise<InformationNotices> {
  const { accountId, cptsId } = actor
  if (accountId === null) throw problem('role-may-not')
  return act(deps, actor, async (tx, { now }) => {
    const published = await listNotices(tx, cptsId)
    if (published.length !== seen) throw problem('version-stale')
    const version = (published[0]?.version ?? 0) + 1
    const notice = { cptsId, version, text, publishedAt: now, publishedBy: accountId }
    if (!(await insertNotice(tx, notice))) throw problem('version-stale')
    await recordAudit(tx, actor, { action: 'information-notice.publish', at: now })
    return readNotices(tx, cptsId)
  })
}
