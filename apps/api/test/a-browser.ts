import type { InjectOptions } from 'fastify'
import type { TestApp } from './build-test-app.ts'

/** What a page answered. */
export interface PageShown {
  readonly status: number
  readonly html: string
  readonly location: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
}

/** A browser without scripts: it keeps cookies, follows nothing by itself, and sends back the hidden word of the last page. */
export function aBrowser({ app }: Pick<TestApp, 'app'>) {
  const cookies = new Map<string, string>()
  let formToken = ''
  async function send(options: InjectOptions): Promise<PageShown> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.inject({ ...options, headers: { accept: 'text/html', cookie, ...options.headers } })
    for (const { name, value, maxAge, expires } of answer.cookies) {
      const isGone = maxAge === 0 || (expires && expires.getTime() === 0)
      if (isGone) cookies.delete(name)
      else cookies.set(name, value)
    }
    const html = answer.body
    formToken = /name="formToken" value="([^"]*)"/.exec(html)?.[1] ?? formToken
    const { location } = answer.headers
    return {
      status: answer.statusCode,
      html,
      location: location === undefined ? undefined : String(location),
      headers: answer.headers,
    }
  }
  const form = (fields: Readonly<Record<string, string>>): string =>
    new URLSearchParams({ formToken, ...fields }).toString()
  return {
    cookies,
    get: (url: string): Promise<PageShown> => send({ method: 'GET', url }),
    post: (
      url: string,
      fields: Readonly<Record<string, string>> = {},
      headers: Readonly<Record<string, string>> = {},
    ): Promise<PageShown> =>
      send({
        method: 'POST',
        url,
        payload: form(fields),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
  }
}
export type Browser = ReturnType<typeof aBrowser>
