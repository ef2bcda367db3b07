import { randomInt } from 'node:crypto'
import type pg from 'pg'

/** What a write is made on: read just before, so that each is fresh. */
export interface Target {
  readonly cpts_id: string
  readonly case_id: string
  readonly version: number
  readonly commune: string
  readonly proposal_id: string
  readonly proposal_version: number
  readonly practitioner_id: string
}

/** One write of a coordinator, on a case that nobody else writes at that moment. */
export interface WriteOperation {
  readonly name: string
  readonly status: string
  /** Cases on which it can be done; `$1` how many. */
  readonly targets: string
  readonly request: (target: Target) => {
    readonly url: string
    readonly body: object
    readonly headers?: Record<string, string>
  }
  readonly limit: 'assign' | 'create'
}

const columns = 'c.cpts_id, c.id as case_id, c.version, c.municipality_code as commune'
const pending = `select * from (
    select distinct on (c.id) ${columns}, o.id as proposal_id, o.version as proposal_version, o.practitioner_id, md5(c.id::text) as shuffled
    from proposals o join cases c on c.cpts_id = o.cpts_id and c.id = o.case_id
    where o.status = 'pending' and c.kind = 'gp-search' and c.status = 'proposing' and o.need_id is null order by c.id, o.rank
  ) offered order by shuffled limit $1`
const onBehalf = { channel: 'phone', spokenTo: 'Secrétariat' }
const starts = ['bau', 'cle', 'dar', 'fle', 'gui', 'hen', 'jau', 'lor', 'mau', 'nau']
const ends = ['belin', 'chemin', 'darre', 'fort', 'guet', 'liard', 'meau', 'pied', 'sac', 'vallon']
// None of them is among those that the volume draws from.
const firstNames = [
  'Ysoline',
  'Wandrille',
  'Quitterie',
  'Oriane',
  'Ulrich',
  'Thaddée',
  'Sixtine',
  'Philomène',
  'Zéphirin',
  'Gontran',
]
const oneOf = (words: readonly string[]): string => words[randomInt(words.length)] ?? ''

/** A person whom nobody resembles: the search for look-alikes is made, and finds none. */
const somebody = (): object => ({
  birthName: [starts, ends, starts, ends, starts].map(oneOf).join(''),
  firstName: oneOf(firstNames),
  birthDate: new Date(Date.UTC(1930, 0, 1 + randomInt(30_000))).toISOString().slice(0, 10),
  sex: oneOf(['female', 'male']),
  phones: ['+33639981234'],
})

/** Each with the key that makes it safe to send twice, where the screens send one. */
export const writeOperations: readonly WriteOperation[] = [
  {
    name: 'ouvrir une recherche',
    status: '201',
    targets: `select ${columns} from cases c where c.kind = 'gp-search' and c.consent is not null order by md5(c.id::text) limit $1`,
    request: ({ commune }) => ({
      url: '/api/v1/gp-searches',
      headers: { 'idempotency-key': crypto.randomUUID() },
      body: {
        patient: { ...somebody(), address: { municipality: commune } },
        consent: { givenAt: new Date(Date.now() - 60_000).toISOString(), channel: 'oral', informedBy: 'Coordination' },
        channel: 'phone',
        submit: true,
        details: { hasLongTermCondition: true },
      },
    }),
    limit: 'create',
  },
  {
    name: 'déplacer (qualifier)',
    status: '200',
    targets: `select ${columns} from cases c where c.kind = 'gp-search' and c.consent is not null and c.status = 'submitted' order by md5(c.id::text) limit $1`,
    request: ({ case_id: id, version }) => ({
      url: `/api/v1/gp-searches/${id}/moves`,
      body: { action: 'qualify', version },
    }),
    limit: 'assign',
  },
  {
    name: 'proposer',
    status: '201',
    targets: `select ${columns}, p.id as practitioner_id from (
        select c.*, row_number() over (partition by c.cpts_id order by md5(c.id::text)) as n from cases c
        where c.kind = 'gp-search' and c.consent is not null and c.status = 'eligible'
          and not exists (select from proposals o where o.cpts_id = c.cpts_id and o.case_id = c.id) order by md5(c.id::text) limit $1
      ) c join (
        select p.cpts_id, p.id, row_number() over (partition by p.cpts_id order by p.id) - 1 as rank, count(*) over (partition by p.cpts_id) as many
        from practitioners p where p.is_general_practitioner and p.practice_phone is not null
          and not exists (select from absences a where a.cpts_id = p.cpts_id and a.practitioner_id = p.id)
      ) p on p.cpts_id = c.cpts_id and p.rank = c.n % p.many`,
    request: ({ case_id: id, version, practitioner_id: practitionerId }) => ({
      url: `/api/v1/gp-searches/${id}/proposals`,
      body: { mode: 'direct', practitionerIds: [practitionerId], version },
      headers: { 'idempotency-key': crypto.randomUUID() },
    }),
    limit: 'assign',
  },
  {
    name: 'accepter',
    status: '200',
    targets: pending,
    request: ({ proposal_id: id, proposal_version: version }) => ({
      url: `/api/v1/proposals/${id}/acceptance`,
      body: { version, onBehalf },
      headers: { 'idempotency-key': crypto.randomUUID() },
    }),
    limit: 'assign',
  },
  {
    name: 'décliner',
    status: '200',
    targets: pending,
    request: ({ proposal_id: id, proposal_version: version }) => ({
      url: `/api/v1/proposals/${id}/decline`,
      body: { version, onBehalf, reason: 'too_far' },
    }),
    limit: 'assign',
  },
]

/** What the limit assigns: searches at the other end of the shuffle. */
const forLimit = `select ${columns} from cases c where c.kind = 'gp-search' and c.consent is not null and c.status = 'eligible' order by md5(c.id::text) desc limit $1`

/** Targets for one round of one side. */
export async function findTargets(
  client: pg.Client,
  operation: WriteOperation,
  side: 'product' | 'limit',
  count: number,
): Promise<Target[]> {
  const statement = side === 'limit' && operation.limit === 'assign' ? forLimit : operation.targets
  return (await client.query<Target>(statement, [count])).rows
}

/** So many places that acceptances find some: the count is made at each of them all the same. */
export const manyPlaces = 'update intake_capacities set places = places + 100000 where places is not null'
