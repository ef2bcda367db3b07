import type { Stage } from './stage.ts'

/** What came of several people answering one case at the same instant. */
export interface Raced {
  readonly cases: number
  readonly clients: number
  /** How many cases had this many acceptances answered yes. */
  readonly acceptedOnce: number
  readonly acceptedMore: number
  readonly acceptedNever: number
  readonly conflicts: number
  readonly otherStatuses: number
  /** Cases whose header, proposals, participants or history tell different stories. */
  readonly disagreements: number
  /** Counters that are not what the rows say. */
  readonly counterDrift: number
}

interface Round {
  readonly cpts_id: string
  readonly case_id: string
  readonly ids: readonly string[]
}

/** Offers some cases to `$2` practitioners each, as a broadcast leaves them. */
const offer = `
  with chosen as (
    select c.*, row_number() over (order by md5(c.id::text)) as n from cases c
    where c.kind = 'gp-search' and c.status = 'eligible' and not exists (select from proposals o where o.cpts_id = c.cpts_id and o.case_id = c.id)
    order by md5(c.id::text) limit $1
  ), doctors as (
    select cpts_id, id, row_number() over (partition by cpts_id order by id) - 1 as rank, count(*) over (partition by cpts_id) as many
    from practitioners where is_general_practitioner
  ), sent as (
    insert into proposals (cpts_id, id, case_id, round_id, mode, rank, practitioner_id, status, created_at, sent_at, expires_at, updated_at)
    select c.cpts_id, gen_random_uuid(), c.id, c.id, 'broadcast', k, d.id, 'pending', now(), now(), now() + interval '20 days', now()
    from chosen c cross join generate_series(0, $2::int - 1) k
    join doctors d on d.cpts_id = c.cpts_id and d.rank = (c.n + k) % d.many
    returning cpts_id, case_id, id
  ), moved as (
    update cases c set status = 'proposing', live_proposals = $2, version = c.version + 1 from chosen
    where c.cpts_id = chosen.cpts_id and c.id = chosen.id
  )
  select cpts_id, case_id, array_agg(id) as ids from sent group by cpts_id, case_id`

const disagreements = `
  select count(*)::int as n from cases c where c.id = any($1) and not (
    c.status = 'matched' and c.live_proposals = 0
    and (select count(*) from proposals o where o.cpts_id = c.cpts_id and o.case_id = c.id and o.status = 'accepted') = 1
    and not exists (select from proposals o where o.cpts_id = c.cpts_id and o.case_id = c.id and o.status in ('pending', 'queued'))
    and (select count(*) from case_events e where e.cpts_id = c.cpts_id and e.case_id = c.id and e.type = 'proposal' and e.action = 'accepted') = 1
    and (select count(*) from case_events e where e.cpts_id = c.cpts_id and e.case_id = c.id and e.to_status = 'matched') = 1
    and (select array_agg(t.practitioner_id) from case_participants t where t.cpts_id = c.cpts_id and t.case_id = c.id and t.part = 'accepted' and t.until is null)
      = (select array_agg(o.practitioner_id) from proposals o where o.cpts_id = c.cpts_id and o.case_id = c.id and o.status = 'accepted')
  )`

const drift = `
  select count(*)::int as n from (
    select cpts_id, kind, status, band_rank, sum(cases) as n from case_counts group by 1, 2, 3, 4 having sum(cases) <> 0
  ) counted full join (
    select cpts_id, kind, status, band_rank, count(*) as n from cases
    where is_open or (kind = 'unscheduled-care' and status = 'closed_no_solution') group by 1, 2, 3, 4
  ) real using (cpts_id, kind, status, band_rank) where counted.n is distinct from real.n`

/** Every practitioner of a case accepts it at once; what is left is compared with what was answered. */
export async function raceToAccept(stage: Stage, cases: number, clients: number): Promise<Raced> {
  const { rows } = await stage.client.query<Round>(offer, [cases, clients])
  const headers = new Map((await stage.tenants()).map((tenant) => [tenant.cptsId, tenant.headers]))
  const answers: number[][] = []
  // Four cases at once: as many requests as a busy hour of a whole region.
  const waiting = [...rows]
  const work = async (): Promise<void> => {
    for (let round = waiting.pop(); round; round = waiting.pop()) {
      const { cpts_id: cptsId, ids } = round
      answers.push(await Promise.all(ids.map((id) => accept(stage.product.port, headers.get(cptsId) ?? {}, id))))
    }
  }
  await Promise.all([work(), work(), work(), work()])
  const yes = answers.map((statuses) => statuses.filter((status) => status === 200).length)
  const ids = rows.map(({ case_id: id }) => id)
  const count = async (text: string, values: unknown[]): Promise<number> =>
    (await stage.client.query<{ n: number }>(text, values)).rows[0]?.n ?? Number.NaN
  return {
    cases: rows.length,
    clients,
    acceptedOnce: yes.filter((n) => n === 1).length,
    acceptedMore: yes.filter((n) => n > 1).length,
    acceptedNever: yes.filter((n) => n === 0).length,
    conflicts: answers.flat().filter((status) => status === 409).length,
    otherStatuses: answers.flat().filter((status) => status !== 200 && status !== 409).length,
    disagreements: await count(disagreements, [ids]),
    counterDrift: await count(drift, []),
  }
}

async function accept(port: number, headers: Readonly<Record<string, string>>, id: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/proposals/${id}/acceptance`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ version: 1, onBehalf: { channel: 'phone', spokenTo: 'Secrétariat' } }),
  })
  await answer.arrayBuffer()
  return answer.status
}
