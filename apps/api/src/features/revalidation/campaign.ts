import { newId, RevalidationCampaignId, RevalidationId } from '@maillage/contracts/kit/ids'
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
import { delaysOf } from './delays.store.ts'
import { insertAskings } from './insert-askings.ts'
import { revalidationCampaigns } from './revalidation.table.ts'
import { answerBy, mostAsked } from './schedule.ts'

// The day is over at midnight in the CPTS's zone.
const partOf = (select: string): string => `select ${select}
from cases c join patients p on p.cpts_id = $1 and p.id = c.patient_id
where c.cpts_id = $1 and c.is_open and c.kind = 'gp-search' and c.status in ('eligible', 'proposing')
  and c.status = 'eligible' and c.live_proposals = 0 and p.deceased_on is null
  and ($2::text is null or c.municipality_code = $2) and ($3::smallint is null or c.band_rank = $3)
  and ($4::date is null or c.registered_at < ($4::date + 1)::timestamp at time zone $5)`
const isAsked = `exists (
    select from revalidations r where r.cpts_id = $1 and r.case_id = c.id and r.ended_at is null)`
// The first way of `schedule.ts`, said to the database: nobody's address is read to be counted.
const firstWay = `case when p.email is not null then 'email'
    when exists (select from unnest(p.phones) n where n ~ $6) then 'sms'
    when cardinality(p.phones) > 0 then 'phone' else 'letter' end`

const valuesOf = (cptsId: Actor['cptsId'], part: CampaignPart, timeZone: string): unknown[] => {
  const { municipality = null, band, registeredBefore = null } = part
  return [cptsId, municipality, band ? rankOf(band) : null, registeredBefore, timeZone]
}

interface Count {
  way: AskingChannel | 'asked'
  people: number
}

const countText = `${partOf(`case when ${isAsked} then 'asked' else ${firstWay} end as way, count(*)::int as people`)}
group by 1`

/** Whom a campaign would ask, by the first way of reaching them: counted by the database, whatever their number. */
export async function previewCampaign(deps: Deps, actor: Actor, part: CampaignPart): Promise<CampaignPreview> {
  return act(deps, actor, async (tx, { calendar }) => {
    const values = [...valuesOf(actor.cptsId, part, calendar.timeZone), numbersOfTexts]
    const counts = await queryRows<Count>(tx, { name: 'count_campaign', text: countText, values })
    const byChannel: Record<AskingChannel, number> = { email: 0, sms: 0, phone: 0, letter: 0 }
    for (const { way, people } of counts) if (way !== 'asked') byChannel[way] = people
    const alreadyAsked = counts.find(({ way }) => way === 'asked')?.people ?? 0
    const total = Object.values(byChannel).reduce((sum, people) => sum + people, 0)
    return { total, byChannel, alreadyAsked, most: mostAsked.aCampaign }
  })
}

/** Few enough that this process never holds a whole part of the list. */
const batch = 1000

interface Row {
  caseId: string
  band: number
  at: string
}
const start: Row = { caseId: '00000000-0000-0000-0000-000000000000', band: 0, at: '-infinity' }

const pageText = `${partOf('c.id as "caseId", c.band_rank as band, c.registered_at as at')} and not ${isAsked}
  and (c.band_rank, c.registered_at, c.id) > ($6::smallint, $7::timestamptz, $8::uuid)
order by c.band_rank, c.registered_at, c.id limit ${batch}`

/** Has a part of the list asked now, whenever they last answered; whoever is being asked already is left alone. */
export function startCampaign(
  deps: Deps,
  actor: Actor,
  part: CampaignPart,
): Promise<{ id: RevalidationCampaignId; asked: number }> {
  return act(deps, actor, async (tx, { calendar, now }) => {
    const { cptsId, accountId } = actor
    const id = newId(RevalidationCampaignId)
    await tx.insert(revalidationCampaigns).values({ cptsId, id, part, startedAt: now, startedBy: accountId })
    const until = answerBy(calendar, now, await delaysOf(tx, cptsId))
    const asked = await askPart(tx, valuesOf(cptsId, part, calendar.timeZone), {
      ...{ cptsId, campaignId: id, startedAt: now, nextAt: now, answerBy: until },
    })
    await enqueue(tx, { cptsId, topic: 'run-campaign', payload: { campaignId: id }, now })
    await recordAudit(tx, actor, { action: 'revalidation.start-campaign', at: now })
    return { id, asked }
  })
}

/** The most in need first, a page at a time, up to the most of a campaign. */
async function askPart(tx: Db, values: readonly unknown[], of: Parameters<typeof insertAskings>[2]): Promise<number> {
  let asked = 0
  let after: Row | undefined = start
  while (after && asked < mostAsked.aCampaign) {
    const keys: unknown[] = [after.band, after.at, after.caseId]
    const rows: Row[] = await queryRows<Row>(tx, {
      name: 'campaign_page',
      text: pageText,
      values: [...values, ...keys],
    })
    const askings = rows
      .slice(0, mostAsked.aCampaign - asked)
      .map(({ caseId }) => ({ id: newId(RevalidationId), caseId }))
    asked += await insertAskings(tx, askings, of)
    after = rows.length === batch ? rows.at(-1) : undefined
  }
  return asked
}
