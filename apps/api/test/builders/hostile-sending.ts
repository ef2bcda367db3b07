import * as z from 'zod'
import type { TestApp } from '../build-test-app.ts'
import { type Json, spoilt } from './hostile-values.ts'

/** Where the bodies of an operation are sent. */
export interface Target {
  method?: 'POST' | 'PUT'
  headers?: { authorization: string }
  /** Where to send it, made anew each time that a body was taken. */
  url: () => Promise<string> | string
}

const Operations = z.record(
  z.string(),
  z.record(z.string(), z.object({ operationId: z.string(), responses: z.record(z.string(), z.unknown()) })),
)

/** The codes by which the document says that an operation may refuse. */
function documented(tested: TestApp, id: string): Set<string> {
  const operations = Object.values(Operations.parse(tested.app.swagger().paths)).flatMap((one) => Object.values(one))
  const { responses } = operations.find(({ operationId }) => operationId === id) ?? {}
  return new Set(
    [...JSON.stringify(responses).matchAll(/responses\/([^"]+)/g)].flatMap(([, codes = '']) => codes.split('.')),
  )
}

/** Sends a body and every spoilt one, and gives back the faults: the server's own, and undocumented refusals. */
export async function sendSpoilt(
  tested: TestApp,
  { id, whole }: { id: string; whole: Json },
  { method = 'POST', headers, url }: Target,
): Promise<{ faults: string[]; isTaken: boolean }> {
  const faults: string[] = []
  const codes = documented(tested, id)
  let [at, taken] = [await url(), 0]
  for (const payload of [whole, ...spoilt(whole)]) {
    const sent = JSON.stringify(payload)
    const answer = await tested.app.inject({
      method,
      url: at,
      headers: { ...headers, 'content-type': 'application/json' },
      payload: sent,
    })
    const code: unknown = answer.statusCode >= 300 ? answer.json().code : undefined
    const isFault = answer.statusCode >= 500 || (code !== undefined && !codes.has(String(code)))
    if (isFault) faults.push(`${String(code)} ${at} ${sent.slice(0, 400)}`)
    if (code !== undefined) continue
    taken += 1
    at = await url()
  }
  return { faults, isTaken: taken > 0 }
}
