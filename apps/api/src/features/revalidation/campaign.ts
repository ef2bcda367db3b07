import { newId, RevalidationCampaignId } from '@maillage/contracts/kit/ids'
import type { AskingChannel, CampaignPart, CampaignPreview } from '@maillage/contracts/revalidation'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { numbersOfTexts } from '../../kernel/notices/takes-texts.ts'
import { rankOf } from '../../kernel/priority.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { revalidationCampaigns } from './revalidation.table.ts'
import { mostAsked } from './schedule.ts'

// The day is over at midnight in the CPTS's zone.
/** The searches of a part: `$1` to `$5` are `valuesOf`. */
export const partOf = (select: string): string => `select ${select}
from cases c join patients p on p.cpts_id = $1 and p.id = c.patient_id
where c.cpts_id = $1 and c.is_open and c.kind = 'gp-search' and c.status in ('eligible', 'proposing')
  and c.status = 'eligible' and c.live_proposals = 0 and p.deceased_on is null
  and ($2::text is null or c.municipality_code = $2) and ($3::smallint is null or c.band_rank = $3)
  and ($4::date is null or c.registered_at < ($4::date + 1)::timestamp at time zone $5)`
export const isAsked = `exists (
    select from revalidations r where r.cpts_id = $1 and r.case_id = c.id and r.ended_at is null)`
// The first way of `schedule.ts`, said to the database: nobody's address is read to be counted.
const firstWay = `case when p.email is not null then 'email'
    when exists (select from unnest(p.phones) n where n ~ $6) then 'sms'
    when cardinality(p.phones) > 0 then 'phone' else 'letter' end`

export const valuesOf = (cptsId: Actor['cptsId'], part: CampaignPart, timeZone: string): unknown[] => {
  const { municipality = null, band, registeredBefore = null } = part
  return [cptsId, municipality, band ? rankOf(band) : null, registeredBefore, timeZone]
}

interface Count {
  way: AskingChannel | 'asked'
  people: number
}

const countText = `${partOf(`case when ${isAsked} then 'asked' else ${firstWay} end as way, count(*)::int as people`)}
group by 1`

async function countPart(tx: Db, values: readonly unknown[]): Promise<Omit<CampaignPreview, 'most'>> {
  const counts = await queryRows<Count>(tx, {
    name: 'count_campaign',
    text: countText,
    values: [...values, numbersOfTexts],
  })
  const byChannel: Record<AskingChannel, number> = { email: 0, sms: 0, phone: 0, letter: 0 }
  for (const { way, people } of counts) if (way !== 'asked') byChannel[way] = people
  const alreadyAsked = counts.find(({ way }) => way === 'asked')?.people ?? 0
  return { total: Object.values(byChannel).reduce((sum, people) => sum + people, 0), byChannel, alreadyAsked }
}

/** Whom a campaign would ask, by the first way of reaching them: counted by the database, whatever their number. */
export function previewCampaign(deps: Deps, actor: Actor, part: CampaignPart): Promise<CampaignPreview> {
  return act(deps, actor, async (tx, { calendar }) => ({
    ...(await countPart(tx, valuesOf(actor.cptsId, part, calendar.timeZone))),
    most: mostAsked.aCampaign,
  }))
}

/** Has a part of the list asked now, whenever they last answered; a job begins it, most in need first. */
export function startCampaign(
  deps: Deps,
  actor: Actor,
  part: CampaignPart,
): Promise<{ id: RevalidationCampaignId; asked: number }> {
  return act(deps, actor, async (tx, { calendar, now }) => {
    const { cptsId, accountId } = actor
    const { total } = await countPart(tx, valuesOf(cptsId, part, calendar.timeZone))
    const id = newId(RevalidationCampaignId)
    await tx.insert(revalidationCampaigns).values({ cptsId, id, part, startedAt: now, startedBy: accountId })
    await enqueue(tx, { cptsId, topic: 'run-campaign', payload: { campaignId: id }, now })
    await recordAudit(tx, actor, { action: 'revalidation.start-campaign', at: now })
    return { id, asked: Math.min(total, mostAsked.aCampaign) }
  })
}
