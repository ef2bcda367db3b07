import * as z from 'zod'

/** Whoever signs in at the invented provider: what its form is filled with. */
export interface Login {
  readonly sub: string
  readonly claims?: Readonly<Record<string, unknown>>
  readonly token?: Readonly<Record<string, unknown>>
  readonly fault?: string
}

/** An answer as a browser sees it: where it leads, and what it shows. */
export interface Landing {
  readonly url: string
  readonly status: number
  readonly location: string | undefined
  readonly setCookie: readonly string[]
}

/** A browser over real HTTP: it keeps cookies by origin, and follows redirections one at a time. */
export function aVisitor(home: string) {
  const jars = new Map<string, Map<string, string>>()

  async function go(url: string, init: RequestInit = {}): Promise<Landing> {
    const { origin } = new URL(url)
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    await answer.arrayBuffer()
    const setCookie = answer.headers.getSetCookie()
    for (const line of setCookie) keepCookie(jar, line)
    const location = answer.headers.get('location')
    return { url, status: answer.status, location: location ? new URL(location, url).href : undefined, setCookie }
  }

  /** Follows until a page is shown, or until an address of ours is led to. */
  async function follow(from: Landing, isEnd: (url: string) => boolean): Promise<Landing> {
    let at = from
    for (let steps = 0; at.location !== undefined && !isEnd(at.location) && steps < 12; steps += 1)
      at = await go(at.location)
    return at
  }

  const begin = (provider: string, query = ''): Promise<Landing> =>
    go(`${home}/api/v1/openid/${provider}/start${query}`)
  /** Fills in the provider's form, and stops before our address of return is opened. */
  async function logIn(begun: Landing, login: Login | 'renounce'): Promise<string> {
    const isOurs = (url: string): boolean => url.startsWith(home)
    const form = await follow(begun, isOurs)
    // They are signed in there already: the provider asks nothing.
    if (form.location !== undefined) return form.location
    const fields: Record<string, string> =
      login === 'renounce'
        ? { renounce: 'yes' }
        : {
            sub: login.sub,
            claims: JSON.stringify(login.claims ?? {}),
            token: JSON.stringify(login.token ?? { acr: 'eidas1' }),
            fault: login.fault ?? '',
          }
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const sent = await go(form.url, { method: 'POST', headers, body: new URLSearchParams(fields).toString() })
    return (await follow(sent, isOurs)).location ?? ''
  }
  /** The whole way: where the callback leads. */
  async function signIn(provider: string, login: Login | 'renounce', query = ''): Promise<Landing> {
    return await go(await logIn(await begin(provider, query), login))
  }
  /** As a page of ours would, with the cookie that renews the session. */
  async function post(path: string): Promise<Readonly<Record<string, unknown>>> {
    const headers = { origin: home, cookie: `maillage_refresh=${cookieOf('maillage_refresh')}` }
    const answer = await fetch(`${home}/api/v1${path}`, { method: 'POST', headers })
    return z.record(z.string(), z.unknown()).parse(await answer.json())
  }
  const cookieOf = (name: string): string => jars.get(home)?.get(name) ?? ''
  return { go, begin, logIn, signIn, post, cookieOf }
}

function keepCookie(jar: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const at = pair.indexOf('=')
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
  if (value === '' || /;\s*max-age=0/i.test(line)) jar.delete(name)
  else jar.set(name, value)
}
