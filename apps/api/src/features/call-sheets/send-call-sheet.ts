import type {
  CallSheetRecipient,
  CallSheetRecipients,
  SendCallSheet,
} from '@maillage/contracts/coordination/call-sheets'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { getCase, lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import { isOnList, type SecureDomains } from '../../platform/mail/secure-domains.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { listAccepted } from './call-sheets.store.ts'

type Accepted = Awaited<ReturnType<typeof listAccepted>>[number]

const toRecipient = (
  { proposalId, practitioner, address, sendings }: Accepted,
  domains: SecureDomains | undefined,
): CallSheetRecipient => ({
  proposalId,
  practitioner,
  address,
  isReachable: address !== null && domains !== undefined && isOnList(domains, address),
  sendings,
})

/** Who may receive the call sheet of a case, and what was sent: nothing of the patient is read for it. */
export function readCallSheets(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  id: CaseId,
  domains: SecureDomains | undefined,
): Promise<CallSheetRecipients> {
  return db.read(actor.cptsId, async (reader) => {
    const row = await getCase(reader, actor, { id })
    const accepted = await listAccepted(reader, row)
    return { isOn: domains !== undefined, items: accepted.map((one) => toRecipient(one, domains)) }
  })
}

/**
 * Sends the call sheet to somebody who accepted the case, at the MSSanté address that their card tells and that the
 * coordinator has just read. The file is made as the message leaves, from what is then known, and kept nowhere. A sheet
 * that is still on its way to the same address is not sent a second time.
 */
export function sendCallSheet(
  deps: Deps,
  actor: Actor,
  { caseId, proposalId, address, domains }: SendCallSheet & { caseId: CaseId; domains: SecureDomains | undefined },
): Promise<CallSheetRecipient> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockCase(tx, actor, { id: caseId })
    const find = async (): Promise<Accepted | undefined> =>
      (await listAccepted(tx, row, proposalId)).find((one) => one.proposalId === proposalId)
    const to = await find()
    if (!to) throw problem('not-found')
    demandSendable(to, address, domains)
    const [last] = to.sendings
    if (last?.status === 'waiting' && last.address === address) return toRecipient(to, domains)
    const key = `call-sheet:${proposalId}:${to.sendings.length}`
    await sendNotice(tx, context, {
      kind: 'call-sheet',
      to: { address: { email: address } },
      about: proposalId,
      key,
      link: { path: '/propositions' },
    })
    const practitionerId = to.practitioner.id
    await recordEvent(tx, context, row, { type: 'proposal', action: 'call-sheet-sent', practitionerId })
    await recordAudit(tx, actor, {
      action: `${row.kind}.send-call-sheet`,
      at: context.now,
      caseId: row.id,
      patientId: row.patientId,
    })
    return toRecipient((await find()) ?? to, domains)
  })
}

function demandSendable(to: Accepted, address: string, domains: SecureDomains | undefined): void {
  if (!to.isAccepted) throw problem('wrong-status')
  if (!domains) throw problem('secure-mail-off')
  if (to.address !== address) throw problem('version-stale')
  if (!isOnList(domains, address)) throw invalidField('/address', 'not-secure')
}
