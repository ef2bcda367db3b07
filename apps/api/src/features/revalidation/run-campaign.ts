import { type CptsId, newId, type RevalidationCampaignId, RevalidationId } from '@maillage/contracts/kit/ids'
import type { CampaignPart } from '@maillage/contracts/revalidation'
import { beforeAll, walk } from '../../kernel/tending/walk.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { isAsked, partOf, valuesOf } from './campaign.ts'
import { delaysOf } from './delays.store.ts'
import { insertAskings } from './insert-askings.ts'
import { answerBy, mostAsked } from './schedule.ts'
import type { RevalidationDeps } from './searches.ts'
import { takeSteps } from './take-steps.ts'

interface Campaign {
  readonly cptsId: CptsId
  readonly campaignId: RevalidationCampaignId
}

interface Row {
  id: string
  band: number
  at: string
}

/** A short transaction each: nobody who works on a case waits, and this process never holds a whole part of the list. */
const batch = 500

const pageText = `${partOf('c.id, c.band_rank as band, c.registered_at as at')} and not ${isAsked}
  and not exists (select from revalidations k where k.cpts_id = $1 and k.case_id = c.id and k.campaign_id = $9)
  and (c.band_rank, c.registered_at, c.id) > ($6::smallint, $7::timestamptz, $8::uuid)
order by c.band_rank, c.registered_at, c.id limit ${batch}`

const soFarText = `select c.part, (
    select count(*)::int from revalidations r where r.cpts_id = $1 and r.campaign_id = $2) as asked
from revalidation_campaigns c where c.cpts_id = $1 and c.id = $2`

/** What the campaign asks, and how many it asked so far; undefined when there is none of this name. */
async function readCampaign(tx: Db, { cptsId, campaignId }: Campaign) {
  const statement = { name: 'campaign_so_far', text: soFarText, values: [cptsId, campaignId] }
  const [found] = await queryRows<{ part: CampaignPart; asked: number }>(tx, statement)
  return found
}

/**
 * Begins to ask those of a campaign, the most in need first and no more than a campaign may, then sends what is due.
 * Whoever is being asked already, or answered this campaign, is left alone. Cut short, it fails, and takes up what is left when it is run again.
 */
export async function runCampaign(deps: RevalidationDeps, campaign: Campaign, pace: Pace = withoutRest): Promise<void> {
  const { cptsId, campaignId } = campaign
  await walk<Row>(deps, {
    name: `campaign:${campaignId}`,
    cptsId,
    pace,
    from: { band: 0, at: '-infinity', id: beforeAll },
    batch: async (tx, { now, calendar }, after) => {
      const known = await readCampaign(tx, campaign)
      const left = known ? mostAsked.aCampaign - known.asked : 0
      if (!known || left <= 0) return { seen: 0, changed: 0, next: undefined }
      const values = [...valuesOf(cptsId, known.part, calendar.timeZone), after.band, after.at, after.id, campaignId]
      const rows = await queryRows<Row>(tx, { name: 'campaign_page', text: pageText, values })
      const askings = rows.slice(0, left).map(({ id }) => ({ id: newId(RevalidationId), caseId: id }))
      const until = answerBy(calendar, now, await delaysOf(tx, cptsId))
      const times = { startedAt: now, nextAt: now, answerBy: until }
      const changed = await insertAskings(tx, askings, { cptsId, campaignId, ...times })
      return { seen: rows.length, changed, next: rows.length === batch ? rows.at(-1) : undefined }
    },
  })
  if (pace.isStopped()) throw new Error('A campaign was cut short')
  await takeSteps(deps, cptsId, pace)
}
