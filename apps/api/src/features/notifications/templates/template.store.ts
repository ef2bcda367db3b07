import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { NoticeWords } from '../../../kernel/notices/notice-kind.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'
import { noticeTemplates } from '../notifications.table.ts'

/** The wording in force of a kind, and who set it. Null words: the product's own again. */
export interface Wording {
  readonly kind: string
  readonly version: number
  readonly words: NoticeWords | null
  readonly writtenAt: string
  readonly writtenBy: string
}

const text = `select distinct on (t.kind) t.kind, t.version, t.words, t.written_at as "writtenAt", a.display_name as "writtenBy"
from notice_templates t join accounts a on a.id = t.written_by
where t.cpts_id = $1 and t.kind = any($2::text[]) order by t.kind, t.version desc`

/** What the administrators of a CPTS made of these kinds' words, by kind; one that was never reworded is not there. */
export async function wordingsOf(db: Db, cptsId: CptsId, kinds: readonly string[]): Promise<Map<string, Wording>> {
  const rows = await queryRows<Wording>(db, { name: 'notice_wordings', text, values: [cptsId, [...kinds]] })
  return new Map(rows.map((row) => [row.kind, { ...row, writtenAt: new Date(row.writtenAt).toISOString() }]))
}

/** Adds a wording; false when somebody else wrote that version first. */
export async function insertWording(
  tx: Db,
  wording: {
    cptsId: CptsId
    kind: string
    version: number
    words: NoticeWords | null
    writtenBy: AccountId
    writtenAt: Date
  },
): Promise<boolean> {
  const made = await tx.insert(noticeTemplates).values(wording).onConflictDoNothing().returning()
  return made.length > 0
}
