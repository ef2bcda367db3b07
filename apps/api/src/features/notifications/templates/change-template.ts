import type { AccountId } from '@maillage/contracts/kit/ids'
import type {
  ChangeNoticeTemplate,
  NoticePreview,
  NoticeTemplate,
  NoticeWords,
} from '@maillage/contracts/notifications/notices'
import { eq } from 'drizzle-orm'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import type { NoticeKindOf } from '../../../kernel/notices/notice-kind.ts'
import { noticeKindOf, noticeKinds } from '../../../kernel/notices/notice-kinds.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { cpts } from '../../../kernel/tables/cpts.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { problem } from '../../../platform/problem-error.ts'
import { faultsIn, placeholdersOf } from '../words/check-words.ts'
import { composeOne, composeShort } from '../words/compose.ts'
import { calledCpts } from '../words/placeholders.ts'
import { insertWording, type Wording, wordingsOf } from './template.store.ts'

/** Every kind of message of a CPTS with its words in force. */
export async function listTemplates(db: Db, { cptsId }: Pick<Actor, 'cptsId'>): Promise<{ items: NoticeTemplate[] }> {
  const wordings = await wordingsOf(db, cptsId, Object.keys(noticeKinds))
  return { items: Object.entries(noticeKinds).map(([name, kind]) => toTemplate(name, kind, wordings.get(name))) }
}

const toTemplate = (name: string, kind: NoticeKindOf, wording: Wording | undefined): NoticeTemplate => ({
  kind: name,
  label: kind.label,
  group: kind.group,
  placeholders: placeholdersOf(kind),
  words: wording?.words ?? kind.words,
  defaults: kind.words,
  isReworded: (wording?.words ?? null) !== null,
  version: wording?.version ?? 0,
  writtenBy: wording?.writtenBy ?? null,
  writtenAt: wording?.writtenAt ?? null,
})

/** Rewords a kind of message, or gives it back the product's words. What may not stand in a message is refused, part by part. */
export function changeTemplate(
  deps: Deps,
  actor: Actor & { accountId: AccountId },
  name: string,
  { words, version }: ChangeNoticeTemplate,
): Promise<NoticeTemplate> {
  const kind = demandKind(name)
  return act(deps, actor, async (tx, { now }) => {
    const faults = words ? faultsIn(kind, words) : []
    if (faults.length > 0) {
      const errors = faults.map(({ part, code, what }) => ({ pointer: `/words/${part}`, code, detail: what }))
      throw problem('invalid-field', { errors })
    }
    const { cptsId } = actor
    const known = (await wordingsOf(tx, cptsId, [name])).get(name)
    if ((known?.version ?? 0) !== version) throw problem('version-stale')
    const next = { cptsId, kind: name, version: version + 1, words, writtenBy: actor.accountId, writtenAt: now }
    if (!(await insertWording(tx, next))) throw problem('version-stale')
    await recordAudit(tx, actor, { action: words ? 'template.reword' : 'template.reset', at: now })
    return toTemplate(name, kind, (await wordingsOf(tx, cptsId, [name])).get(name))
  })
}

/** How words will look, with an invented count and an address that opens nothing; and what stands in their way. */
export async function previewTemplate(
  db: Db,
  { cptsId }: Pick<Actor, 'cptsId'>,
  { name, words, publicUrl }: { name: string; words: NoticeWords; publicUrl: string },
): Promise<NoticePreview> {
  const kind = demandKind(name)
  const [{ name: cptsName = '' } = {}] = await db.select({ name: cpts.name }).from(cpts).where(eq(cpts.id, cptsId))
  const examples = Object.fromEntries(kind.values.map((value) => [value, value === 'nombre' ? 3 : '12 mars']))
  const said = { words, values: { ...examples, cpts: calledCpts(cptsName) }, address: `${publicUrl}/` }
  const choices = kind.group === 'public' ? null : `${publicUrl}/notifications`
  return {
    ...composeOne(said, { cpts: calledCpts(cptsName), choices }),
    short: composeShort(said),
    faults: faultsIn(kind, words),
  }
}

function demandKind(name: string): NoticeKindOf {
  const kind = noticeKindOf(name)
  if (!kind) throw problem('not-found')
  return kind
}
