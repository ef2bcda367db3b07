import type { CptsId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { isLinkPurpose, linkAddress } from '../../../kernel/links/link-purposes.ts'
import { issueLink } from '../../../kernel/links/links.ts'
import type { NoticeWords } from '../../../kernel/notices/notice-kind.ts'
import { noticeKindOf, noticeKinds } from '../../../kernel/notices/notice-kinds.ts'
import { cpts } from '../../../kernel/tables/cpts.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import type { TextMessage } from '../../../platform/sms/texter.ts'
import { wordingsOf } from '../templates/template.store.ts'
import { type Composed, composeOne, composeSeveral, composeShort, type Said } from '../words/compose.ts'
import { calledCpts } from '../words/placeholders.ts'
import type { Due, NoticeRow } from './delivery.store.ts'

/** A message, whole: nothing more is asked of the database to send it. */
export type Ready = { readonly mail: Mail } | { readonly text: TextMessage }

interface About {
  readonly publicUrl: string
  readonly now: () => Date
}

/** Where somebody chooses what they receive. */
const choicesPath = '/notifications'

/** Writes the one message that these deliveries make, to one person by one channel; its links are made now. */
export async function writeMessage(tx: Db, due: readonly Due[], about: About): Promise<Ready> {
  const [first] = due
  if (!first?.delivery.address) throw new Error('A message needs somebody to go to')
  const { cptsId, id, channel, address: to, accountId } = first.delivery
  const cptsName = await nameOf(tx, cptsId)
  const wordings = await wordingsOf(tx, cptsId, ['several', ...due.map(({ notice }) => notice.kind)])
  const wordsOf = (kind: string): NoticeWords =>
    wordings.get(kind)?.words ?? (noticeKindOf(kind) ?? noticeKinds.test).words
  const said: Said[] = []
  for (const { notice } of due) {
    const values = { ...notice.values, cpts: cptsName }
    said.push({ words: wordsOf(notice.kind), values, address: await addressOf(tx, notice, about) })
  }
  const several: Said = {
    words: wordsOf('several'),
    values: { nombre: said.length, cpts: cptsName },
    address: about.publicUrl,
  }
  const [only] = said
  const one = said.length === 1 && only ? only : undefined
  if (channel === 'sms') return { text: { id, to, text: composeShort(one ?? several) } }
  const foot = { cpts: cptsName, choices: accountId ? `${about.publicUrl}${choicesPath}` : null }
  const composed: Composed = one ? composeOne(one, foot) : composeSeveral(several, said, foot)
  return { mail: { to, ...composed, messageId: `<${id}@maillage>` } }
}

async function nameOf(tx: Db, cptsId: CptsId): Promise<string> {
  const [found] = await tx.select({ name: cpts.name }).from(cpts).where(eq(cpts.id, cptsId))
  return calledCpts(found?.name ?? 'CPTS')
}

async function addressOf(tx: Db, { cptsId, link }: NoticeRow, { publicUrl, now }: About): Promise<string | null> {
  if (!link) return null
  if ('path' in link) return `${publicUrl}${link.path}`
  const { purpose, subjectId, days } = link
  if (!isLinkPurpose(purpose)) return null
  const at = now()
  const expiresAt = new Date(at.getTime() + days * 86_400_000)
  return linkAddress(publicUrl, purpose, await issueLink(tx, { cptsId, purpose, subjectId, expiresAt, now: at }))
}
