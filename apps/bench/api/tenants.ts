import { emailOf } from '@maillage/many-cases/volume'
import type pg from 'pg'
import { volumePassword } from '../volume/prepare-volume.ts'

/** Somebody who coordinates a CPTS of the volume, and what they ask about. */
export interface Tenant {
  readonly cptsId: string
  readonly accountId: string
  readonly headers: Readonly<Record<string, string>>
  /** A commune of theirs with many cases. */
  readonly commune: string
  /** Some open cases of each kind, by the path of their kind. */
  readonly cases: Readonly<Record<'gp-searches' | 'unscheduled-cares' | 'hospital-discharges', readonly string[]>>
  /** The beginnings of a name, letter after letter. */
  readonly typed: readonly string[]
}

const facts = `
  select m.cpts_id, m.account_id,
    (select municipality_code from cases c where c.cpts_id = m.cpts_id and is_open group by 1 order by count(*) desc limit 1) as commune,
    (select json_object_agg(kind, ids) from (
      select kind, (array_agg(id order by md5(id::text)))[1:50] as ids
      from cases c where c.cpts_id = m.cpts_id and is_open group by kind) kinds) as cases
  from memberships m join accounts a on a.id = m.account_id where a.email = $1`

interface Row {
  readonly cpts_id: string
  readonly account_id: string
  readonly commune: string
  readonly cases: Record<string, string[]>
}

/** Signs in for an account of the volume; the headers of its requests. */
export async function signIn(port: number, email: string): Promise<Record<string, string>> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: volumePassword }),
  })
  if (!answer.ok) throw new Error(`${email} cannot sign in: ${answer.status} ${await answer.text()}`)
  // The product checks its own answers against its contract.
  const { accessToken } = (await answer.json()) as { accessToken: string }
  return { authorization: `Bearer ${accessToken}` }
}

/** The first coordinator of each of the first `count` CPTS, signed in. */
export async function meetTenants(client: pg.Client, port: number, count: number): Promise<Tenant[]> {
  const tenants: Tenant[] = []
  for (let cpts = 1; cpts <= count; cpts += 1) {
    const email = emailOf('coordination', cpts, 1)
    const row = (await client.query<Row>(facts, [email])).rows[0]
    if (!row) throw new Error(`The volume holds no ${email}`)
    tenants.push({
      cptsId: row.cpts_id,
      accountId: row.account_id,
      headers: await signIn(port, email),
      commune: row.commune,
      cases: {
        'gp-searches': row.cases['gp-search'] ?? [],
        'unscheduled-cares': row.cases['unscheduled-care'] ?? [],
        'hospital-discharges': row.cases['hospital-discharge'] ?? [],
      },
      typed: ['ma', 'mar', 'mart', 'marti', 'martin'],
    })
  }
  return tenants
}
