import { request } from 'node:http'
import type { Read } from '../api/reads.ts'

/** An answer, looked at before anything is measured. */
export interface Answer {
  readonly status: string
  readonly bytes: number
  readonly etag: string | undefined
}

/** Asks once, as the load will: `fetch` would add headers of its own about caches. */
export function ask(
  port: number,
  { method = 'GET', url, body }: Read,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const told =
    text === undefined
      ? headers
      : { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: url, method, headers: told, agent: false }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      answer.once('end', () => resolve({ status: String(answer.statusCode), bytes, etag: answer.headers.etag }))
    })
    sent.once('error', reject)
    sent.end(text)
  })
}
