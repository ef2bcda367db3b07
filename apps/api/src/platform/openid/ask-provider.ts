import { request as askPlainly } from 'node:http'
import { request as askSecurely } from 'node:https'
import type { CustomFetchOptions } from 'openid-client'
import type { ClientCertificate } from './openid-provider.ts'

/** The provider did not answer, answered too late, or with what nobody could have meant. */
export class ProviderUnreachable extends Error {}

/** A description, some keys, what is known of one person: never as much. */
const mostBytes = 512 * 1024
const patienceMs = 5_000

/**
 * Asks a provider: five seconds for the whole answer, half a megabyte, no redirection. Our own certificate is shown where
 * one is given; that of the provider is checked as every https request's.
 */
export function askProvider(
  url: string,
  { method, headers, body }: Pick<CustomFetchOptions, 'method' | 'headers' | 'body'>,
  certificate?: ClientCertificate,
): Promise<Response> {
  const ask = url.startsWith('https:') ? askSecurely : askPlainly
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => reject(new ProviderUnreachable('The provider did not follow', { cause }))
    const signal = AbortSignal.timeout(patienceMs)
    const asked = ask(url, { method, headers, signal, agent: false, ...certificate }, (answer) => {
      const chunks: Buffer[] = []
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > mostBytes) answer.destroy(new Error('too long'))
        else chunks.push(chunk)
      })
      answer.on('error', fail)
      answer.on('end', () => {
        const { statusCode: status = 0 } = answer
        if (status < 200 || status > 599) return fail(new Error(`status ${status}`))
        const isEmpty = status === 204 || status === 304
        const told = Object.entries(answer.headersDistinct).map(([name, values]): [string, string] => [
          name,
          (values ?? []).join(', '),
        ])
        resolve(new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers: told }))
      })
    })
    asked.on('error', fail)
    asked.end(typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : undefined)
  })
}
