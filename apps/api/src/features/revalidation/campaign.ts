import { newId, RevalidationCampaignId, RevalidationId } from '@maillage/contracts/kit/ids'
import type { AskingChannel, CampaignPart, CampaignPreview } from '@maillage/contracts/revalidation'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { rankOf } from '../../kernel/priority.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { insertAskings } from './insert-askings.ts'
import { contactFrom } from './revalidation.store.ts'
import { revalidationCampaigns } from './revalidation.table.ts'
import { firstWay, revalidationDelays } from './schedule.ts'

interface Row {
  caseId: string
  email: string | null
  phones: string[]
  asked: boolean
}

// The day is over at midnight in the CPTS's zone.
const partText = `select c.id as "caseId", p.email, p.phones, exists (
    select from revalidations r where r.cpts_id = $1 and r.case_id = c.id and r.ended_at is null) as asked
from cases c join patients p on p.cpts_id = $1 and p.id = c.patient_id
where c.cpts_id = $1 and c.is_open and c.kind = 'gp-search' and c.status in ('eligible', 'proposing')
  and c.status = 'eligible' and c.live_proposals = 0 and p.deceased_on is null
  and ($2::text is null or c.municipality_code = $2) and ($3::smallint is null or c.band_rank = $3)
  and ($4::date is null or c.registered_at < ($4::date + 1)::timestamp at time zone $5)
order by c.band_rank, c.registered_at, c.id`

const listPart = (db: Db, cptsId: Actor['cptsId'], part: CampaignPart, timeZone: string): Promise<Row[]> => {
  const { municipality = null, band, registeredBefore = null } = part
  const values = [cptsId, municipality, band ? rankOf(band) : null, registeredBefore, timeZone]
  return queryRows(db, { name: 'revalidation_part', text: partText, values })
}

/** Whom a campaign would ask, by the first way of reaching them. */
export async function previewCampaign(deps: Deps, actor: Actor, part: CampaignPart): Promise<CampaignPreview> {
  return act(deps, actor, async (tx, { calendar }) => {
    const rows = await listPart(tx, actor.cptsId, part, calendar.timeZone)
    const toAsk = rows.filter(({ asked }) => !asked)
    const byChannel: Record<AskingChannel, number> = { email: 0, sms: 0, phone: 0, letter: 0 }
    for (const row of toAsk) byChannel[firstWay(contactFrom(row))] += 1
    const most = revalidationDelays.mostACampaign
    return { total: toAsk.length, byChannel, alreadyAsked: rows.length - toAsk.length, most }
  })
}

/** Has a part of the list asked now, whenever they last answered; whoever is being asked already is left alone. */
export function startCampaign(
  deps: Deps,
  actor: Actor,
  part: CampaignPart,
): Promise<{ id: RevalidationCampaignId; asked: number }> {
  return act(deps, actor, async (tx, { calendar, now }) => {
    const rows = await listPart(tx, actor.cptsId, part, calendar.timeZone)
    const { cptsId, accountId } = actor
    const id = newId(RevalidationCampaignId)
    await tx.insert(revalidationCampaigns).values({ cptsId, id, part, startedAt: now, startedBy: accountId })
    const askings = rows
      .filter(({ asked }) => !asked)
      .slice(0, revalidationDelays.mostACampaign)
      .map(({ caseId }) => ({ id: newId(RevalidationId), caseId }))
    const asked = await insertAskings(tx, askings, { cptsId, campaignId: id, startedAt: now, nextAt: now })
    await enqueue(tx, { cptsId, topic: 'run-campaign', payload: { campaignId: id }, now })
    await recordAudit(tx, actor, { action: 'revalidation.start-campaign', at: now })
    return { id, asked }
  })
}
