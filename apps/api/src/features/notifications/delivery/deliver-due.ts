import type { CptsId } from '@maillage/contracts/kit/ids'
import type { DeliveryChannel } from '@maillage/contracts/notifications/notices'
import type { Deps } from '../../../kernel/context.ts'
import { noticeKindOf } from '../../../kernel/notices/notice-kinds.ts'
import type { Owner } from '../../../platform/jobs/owner.ts'
import type { Mailer } from '../../../platform/mail/mailer.ts'
import { drawPaper } from '../../../platform/pdf/draw-paper.ts'
import { SendFailure } from '../../../platform/send-failure.ts'
import type { Texter } from '../../../platform/sms/texter.ts'
import { type Due, listDue, readWaiting, settle } from './delivery.store.ts'
import { afterFailure } from './next-try.ts'
import { isStillRecipient } from './recipients.store.ts'
import { asToldNow } from './still-wanted.ts'
import { type Ready, type SecureDelivery, writeMessage } from './write-message.ts'

/** What sending needs: the ways out, and the address that messages name. */
export interface DeliveryDeps extends Pick<Deps, 'db' | 'now'> {
  readonly owner: Owner
  readonly mailer: Mailer
  readonly texter: Texter
  readonly secure: SecureDelivery
  readonly publicUrl: string
}

/** A delivery that may have failed by a fault of ours: told once the others have left. */
interface Delivering extends DeliveryDeps {
  readonly onFault: (fault: unknown) => void
}

/** At most so many messages leave at once: a server that stalls holds no more than these. */
const atOnce = 5
const batch = 100

/** What is due to one person by one channel, and may wait: it leaves in one message. What is urgent leaves alone, under its own subject. */
interface Parcel {
  readonly cptsId: CptsId
  readonly channel: DeliveryChannel
  readonly ids: string[]
}

/**
 * Sends everything that is due, until nothing is left; one process at a time does, so that a server that stalls holds back
 * one job and no other. Each message is settled by itself: cut anywhere, what was not settled is due again, under the same
 * identifier. Returns how many messages left.
 * @throws AggregateError once all are settled, when a fault of ours kept some from being written: the job failed, and its
 * runner says so.
 */
export async function deliverDue(deps: DeliveryDeps, isStopped: () => boolean = () => false): Promise<number> {
  let sent = 0
  const faults: unknown[] = []
  const delivering: Delivering = { ...deps, onFault: (fault) => faults.push(fault) }
  await deps.owner.alone('deliver-notices', async () => {
    const closed = new Set<DeliveryChannel>()
    while (!isStopped()) {
      const due = await deps.owner.transaction((tx) => listDue(tx, deps.now(), [...closed], batch))
      if (due.length === 0) return
      const parcels = parcelsOf(due)
      for (let at = 0; at < parcels.length; at += atOnce) {
        const some = parcels.slice(at, at + atOnce).filter(({ channel }) => !closed.has(channel))
        const outcomes = await Promise.all(some.map((parcel) => deliver(delivering, parcel)))
        sent += outcomes.filter((outcome) => outcome === 'sent').length
        for (const [place, outcome] of outcomes.entries()) {
          const channel = some[place]?.channel
          if (outcome === 'away' && channel) closed.add(channel)
        }
      }
    }
  })
  if (faults.length > 0) throw new AggregateError(faults, 'Some messages could not be written')
  return sent
}

function parcelsOf(due: Awaited<ReturnType<typeof listDue>>): Parcel[] {
  const parcels = new Map<string, Parcel>()
  for (const { cptsId, id, channel, address, kind } of due) {
    const mayJoin = noticeKindOf(kind)?.pace === 'quiet'
    const key = JSON.stringify([cptsId, channel, address, mayJoin ? 'together' : id])
    const parcel = parcels.get(key) ?? { cptsId, channel, ids: [] }
    parcel.ids.push(id)
    parcels.set(key, parcel)
  }
  return [...parcels.values()]
}

async function deliver(deps: Delivering, { cptsId, ids }: Parcel): Promise<'sent' | 'away' | 'settled'> {
  const { db, now } = deps
  const wanted = await takeWanted(deps, cptsId, ids)
  const [first] = wanted
  if (!first) return 'settled'
  const told = wanted.map(({ delivery }) => delivery.id)
  const { attempts, createdAt: since } = first.delivery
  try {
    const ready = await db.transaction(cptsId, (tx) => writeMessage(tx, wanted, deps))
    // Outside any transaction: a server may take its time.
    await send(deps, ready)
  } catch (error) {
    // What is not a sending's failure is ours: the message waits for its mending rather than be lost.
    if (!(error instanceof SendFailure)) deps.onFault(error)
    const kind = error instanceof SendFailure ? error.kind : 'later'
    const after = afterFailure(kind, { attempts, since, now: now() })
    await db.transaction(cptsId, (tx) => settle(tx, cptsId, told, { ...after, wasTried: true }))
    return kind === 'away' ? 'away' : 'settled'
  }
  const done = { status: 'sent', sentAt: now(), failure: null, wasTried: true } as const
  await db.transaction(cptsId, (tx) => settle(tx, cptsId, told, done))
  return 'sent'
}

/** Those that still have a reason; the others are dropped, and the log says so. */
async function takeWanted({ db }: DeliveryDeps, cptsId: CptsId, ids: readonly string[]): Promise<Due[]> {
  return db.transaction(cptsId, async (tx) => {
    const wanted: Due[] = []
    const unwanted: string[] = []
    for (const due of await readWaiting(tx, cptsId, ids)) {
      const isHere = await isStillRecipient(tx, due.notice, due.delivery.accountId)
      const notice = isHere ? await asToldNow(tx, due.notice) : undefined
      if (notice) wanted.push({ ...due, notice })
      else unwanted.push(due.delivery.id)
    }
    await settle(tx, cptsId, unwanted, { status: 'dropped', wasTried: false })
    return wanted
  })
}

async function send({ mailer, texter, secure }: DeliveryDeps, ready: Ready): Promise<void> {
  if ('mail' in ready) await mailer.send(ready.mail)
  else if ('text' in ready) await texter.send(ready.text)
  else {
    const content = await drawPaper(ready.paper)
    const filename = `${foldedName(ready.paper.title)}.pdf`
    await secure.mailer?.send({ ...ready.secure, attachments: [{ filename, contentType: 'application/pdf', content }] })
  }
}

/** Letters and digits: every mail reader keeps such a name. */
const foldedName = (title: string): string =>
  title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
