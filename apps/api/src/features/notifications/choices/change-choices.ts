import type { ChangeNoticeChoices, OwnNoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import type { Role } from '@maillage/contracts/roles'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import type { NoticeKindOf } from '../../../kernel/notices/notice-kind.ts'
import { noticeKinds } from '../../../kernel/notices/notice-kinds.ts'
import { sendNotice } from '../../../kernel/notices/send-notice.ts'
import { takesTexts } from '../../../kernel/notices/takes-texts.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import { invalidField, problem } from '../../../platform/problem-error.ts'
import { findChoices, keepChoices } from './choices.store.ts'
import { defaultChannels, defaultChoices } from './default-choices.ts'
import { groupsOf } from './group-roles.ts'

/** Somebody who signed in: only they choose how they are told. */
type Person = Actor & { readonly accountId: NonNullable<Actor['accountId']>; readonly role: Role }

/** What somebody chose, and what their role may choose about. */
export async function describeChoices(db: Db, { cptsId, accountId, role }: Person): Promise<OwnNoticeChoices> {
  const found = await findChoices(db, cptsId, accountId)
  if (!found) throw problem('not-found')
  const { timeZone } = await loadCalendar(db, cptsId)
  return {
    choices: found.kept?.choices ?? defaultChoices,
    version: found.kept?.version ?? 0,
    groups: groupsOf[role].map((group) => ({
      group,
      channels: [...defaultChannels[group]],
      // What goes by MSSanté is nobody's to choose otherwise.
      kinds: Object.values<NoticeKindOf>(noticeKinds)
        .filter((kind) => kind.group === group && !kind.isSecure)
        .map(({ label }) => label),
    })),
    email: found.email,
    timeZone,
  }
}

/** Keeps how somebody wants to be told. */
export function changeChoices(deps: Deps, actor: Person, input: ChangeNoticeChoices): Promise<OwnNoticeChoices> {
  return act(deps, actor, async (tx, { now }) => {
    demandPossible(input)
    const { cptsId, accountId } = actor
    const isKept = await keepChoices(tx, { ...input, cptsId, accountId, updatedAt: now })
    if (!isKept) throw problem('version-stale')
    await recordAudit(tx, actor, { action: 'notifications.choose', at: now })
    return describeChoices(tx, actor)
  })
}

function demandPossible({ choices: { quiet, groups, mobile } }: ChangeNoticeChoices): void {
  if (quiet && quiet.from === quiet.until) throw invalidField('/choices/quiet/until', 'same-as-from')
  if (mobile && !takesTexts(mobile)) throw invalidField('/choices/mobile', 'not-a-mobile')
  const wantsTexts = Object.values(groups).some((channels) => channels?.includes('sms'))
  if (wantsTexts && !mobile) throw invalidField('/choices/mobile', 'required')
}

/** Writes to somebody by the channels that they chose for their account: they see that it works. */
export function sendTrial(deps: Deps, actor: Person): Promise<void> {
  return act(deps, actor, async (tx, context) => {
    const { accountId } = actor
    // One a minute is enough to see, and writes to nobody twenty times.
    const key = `test:${accountId}:${context.now.toISOString().slice(0, 16)}`
    await sendNotice(tx, context, { kind: 'test', to: { accountId }, key, link: { path: '/notifications' } })
  })
}
