import type { CptsId, RevalidationCampaignId } from '@maillage/contracts/kit/ids'
import type { CampaignPart, RevalidationOverview, RevalidationProgress } from '@maillage/contracts/revalidation'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import { delaysOf } from './delays.store.ts'

type Progress = RevalidationProgress & { campaignId: RevalidationCampaignId | null }

// The askings begun lately: a campaign lasts six weeks, and its results are read for some months.
const progressText = `select r.campaign_id as "campaignId", count(*)::int as asked,
  count(*) filter (where r.status = 'answered' and r.answer = 'still-searching')::int as "stillSearching",
  count(*) filter (where r.status = 'answered' and r.answer = 'found')::int as found,
  count(*) filter (where r.status = 'answered' and r.answer = 'no-longer-wanted')::int as "noLongerWanted",
  count(*) filter (where r.status = 'asking')::int as waiting,
  count(*) filter (where r.status = 'to-reach')::int as "toReach",
  count(*) filter (where r.status = 'grace')::int as grace,
  count(*) filter (where r.status = 'closed')::int as closed,
  count(*) filter (where r.status = 'ended')::int as ended,
  count(*) filter (where exists (
    select from revalidation_attempts a
    join notices n on n.cpts_id = $1 and n.key = 'revalidation:' || a.id::text
    join notice_deliveries d on d.cpts_id = $1 and d.notice_id = n.id and d.status in ('refused', 'given-up')
    where a.cpts_id = $1 and a.revalidation_id = r.id))::int as bounced
from revalidations r where r.cpts_id = $1 and r.started_at >= $2 group by r.campaign_id`

const campaignsText = `select c.id, c.part, c.started_at as "startedAt", coalesce(a.display_name, '') as "startedBy",
  (select m.name from municipalities m where m.code = c.part ->> 'municipality') as "municipalityName"
from revalidation_campaigns c left join accounts a on a.id = c.started_by
where c.cpts_id = $1 and c.started_at >= $2 order by c.started_at desc, c.id desc limit 50`

interface CampaignRow {
  id: RevalidationCampaignId
  part: CampaignPart
  startedAt: string
  startedBy: string
  municipalityName: string | null
}

const none: RevalidationProgress = {
  asked: 0,
  stillSearching: 0,
  found: 0,
  noLongerWanted: 0,
  waiting: 0,
  toReach: 0,
  bounced: 0,
  grace: 0,
  closed: 0,
  ended: 0,
}

const withoutCampaign = ({ campaignId: _campaignId, ...progress }: Progress): RevalidationProgress => progress

/** What runs since `since`: the asking that goes on by itself, and the campaigns, the newest first. Three statements. */
export async function readOverview(db: Db, cptsId: CptsId, since: Date): Promise<RevalidationOverview> {
  const values = [cptsId, since.toISOString()]
  const rows = await queryRows<Progress>(db, { name: 'revalidation_progress', text: progressText, values })
  const campaigns = await queryRows<CampaignRow>(db, { name: 'revalidation_campaigns', text: campaignsText, values })
  const progressOf = (id: RevalidationCampaignId | null): RevalidationProgress => {
    const found = rows.find(({ campaignId }) => campaignId === id)
    return found ? withoutCampaign(found) : none
  }
  const { everyDays, attempts, gapDays, graceDays } = await delaysOf(db, cptsId)
  return {
    rolling: progressOf(null),
    campaigns: campaigns.map((one) => ({ ...one, startedAt: instantOf(one.startedAt), progress: progressOf(one.id) })),
    toReach: rows.reduce((sum, { toReach }) => sum + toReach, 0),
    delays: { everyDays, attemptDays: Array.from({ length: attempts }, (_, nth) => nth * gapDays), graceDays },
  }
}
