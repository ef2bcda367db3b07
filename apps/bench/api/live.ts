import { measureStreams, type StreamsFigures } from '../measures/streams.ts'
import type { Stage } from './stage.ts'

/** Event streams held open on the volume's largest CPTS while one of its cases changes, a page of the queue being asked meanwhile. */
export async function measureLive(stage: Stage, streams: number, rounds: number): Promise<StreamsFigures> {
  const [tenant] = await stage.tenants()
  const { rows } = await stage.client.query<{ id: string; owner_id: string | null; version: number }>(
    `select id, owner_id, version from cases where cpts_id = $1 and is_open order by id limit 50`,
    [tenant?.cptsId],
  )
  const cases = new Map(rows.map((row) => [row.id, row]))
  const url = `http://127.0.0.1:${stage.product.port}`
  const headers = { ...tenant?.headers, 'content-type': 'application/json' }
  const bearer = tenant?.headers.authorization?.replace('Bearer ', '') ?? ''
  return await measureStreams({
    url,
    tokens: [bearer],
    streams,
    subjects: [...cases.keys()],
    rounds,
    pid: stage.product.pid,
    ask: async () => {
      const answer = await fetch(`${url}/api/v1/worklist`, { headers: { ...tenant?.headers } })
      await answer.arrayBuffer()
    },
    change: async (subject) => {
      const one = cases.get(subject)
      if (!one) return
      const ownerId = one.owner_id === tenant?.accountId ? null : tenant?.accountId
      const body = JSON.stringify({ ownerId, version: one.version })
      const answer = await fetch(`${url}/api/v1/cases/${subject}/owner`, { method: 'PUT', headers, body })
      if (!answer.ok) throw new Error(`The owner cannot change: ${answer.status} ${await answer.text()}`)
      cases.set(subject, { ...one, owner_id: ownerId ?? null, version: one.version + 1 })
      await answer.arrayBuffer()
    },
  })
}
