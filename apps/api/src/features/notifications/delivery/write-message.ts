import type { CptsId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { isLinkPurpose, linkAddress } from '../../../kernel/links/link-purposes.ts'
import { issueLink } from '../../../kernel/links/links.ts'
import type { NoticeWords } from '../../../kernel/notices/notice-kind.ts'
import { noticeKindOf, noticeKinds } from '../../../kernel/notices/notice-kinds.ts'
import { cpts } from '../../../kernel/tables/cpts.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import type { SecureMailer } from '../../../platform/mail/secure-mailer.ts'
import type { Paper } from '../../../platform/pdf/paper.ts'
import { SendFailure } from '../../../platform/send-failure.ts'
import type { TextMessage } from '../../../platform/sms/texter.ts'
import { wordingsOf } from '../templates/template.store.ts'
import { type Composed, composeOne, composeSeveral, composeShort, type Said } from '../words/compose.ts'
import { calledCpts } from '../words/placeholders.ts'
import type { Due, NoticeRow } from './delivery.store.ts'

/** A message, whole: nothing more is asked of the database to send it. */
export type Ready =
  | { readonly mail: Mail }
  | { readonly text: TextMessage }
  | { readonly secure: Mail; readonly paper: Paper }

/** What goes by MSSanté: the one account that may, and the sheet that a notice is about, where it still may be told. */
export interface SecureDelivery {
  /** Undefined on a server that has no such account. */
  readonly mailer: SecureMailer | undefined
  write(tx: Db, cptsId: CptsId, about: string): Promise<Paper | undefined>
}

interface About {
  readonly publicUrl: string
  readonly now: () => Date
  readonly secure: SecureDelivery
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
  const mail = { to, ...composed, messageId: `<${id}@maillage>` }
  return channel === 'mssante' ? withPaper(tx, first.notice, mail, about) : { mail }
}

/** The address is judged before anything of a patient is read for it. */
async function withPaper(tx: Db, notice: NoticeRow, mail: Mail, { secure }: About): Promise<Ready> {
  if (!secure.mailer) throw new SendFailure('away', 'No account for secure mail')
  if (!secure.mailer.mayReach(mail.to)) throw new SendFailure('refused', 'A domain that is not on the list')
  const paper = notice.about ? await secure.write(tx, notice.cptsId, notice.about) : undefined
  if (!paper) throw new SendFailure('refused', 'Nothing may be told of it any more')
  return { secure: mail, paper }
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
