import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import { type Configuration, Provider } from 'oidc-provider'
import { reissue } from './reissue.ts'
import { type Person, readPerson, signInForm } from './sign-in-form.ts'

/** Who may ask: an application that is registered at the provider. */
export interface RegisteredClient {
  readonly id: string
  readonly secret: string
  /** Where the application stands: `http://localhost:3000`. */
  readonly home: string
  /** Its addresses of return, below `home`. */
  readonly returns: readonly string[]
}

/** A provider that answers on a port of this machine. */
export interface InventedProvider {
  readonly issuer: string
  /** Leaves every request without an answer, as when the line is cut, until it is told `false`. */
  pause(paused: boolean): void
  /** Requests that came to each path since the start. */
  readonly asked: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** What Pro Santé Connect tells under `scope_all`, and what a hospital's provider tells under `email`. */
const scopes = {
  openid: ['sub'],
  email: ['email', 'email_verified'],
  scope_all: [
    ...['preferred_username', 'given_name', 'family_name', 'SubjectNameID', 'SubjectRole', 'SubjectOrganization'],
    ...['SubjectOrganizationID', 'Secteur_Activite', 'Palier_Authentification', 'PSI_Locale', 'UITVersion'],
    ...['otherIds', 'SubjectRefPro'],
  ],
}

function configurationOf(client: RegisteredClient, jwk: object, people: ReadonlyMap<string, Person>): Configuration {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: client.returns.map((path) => client.home + path),
        post_logout_redirect_uris: [`${client.home}/connexion`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [jwk] },
    scopes: Object.keys(scopes),
    claims: scopes,
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub)?.claims, sub }) }),
    // A professional agrees once, at the ANS: the provider asks nothing here.
    async loadExistingGrant({ oidc }) {
      const of = { clientId: oidc.client?.clientId, accountId: oidc.session?.accountId }
      const grant = Object.assign(new oidc.provider.Grant(), of)
      grant.addOIDCScope(Object.keys(scopes).join(' '))
      await grant.save()
      return grant
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(context, form) {
          const field = '<input type="hidden" name="logout" value="yes">'
          const sent = '<script>document.forms[0].submit()</script>'
          context.body = `<!doctype html><title>Déconnexion</title>${form.replace('</form>', `${field}</form>`)}${sent}`
        },
      },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['essai'] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 3600, Interaction: 600, Session: 3600 },
  }
}

/** Starts a provider for tests, on 127.0.0.1, with invented people: whoever its sign-in form names. */
export async function startInventedProvider(client: RegisteredClient): Promise<InventedProvider> {
  const people = new Map<string, Person>()
  const asked = new Map<string, number>()
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: 'cle', alg: 'RS256', use: 'sig' }
  const provider = new Provider(issuer, configurationOf(client, jwk, people))
  provider.use(async (context, next) => {
    await next()
    const body: unknown = context.body
    if (context.path === '/token' && typeof body === 'object' && body !== null && 'id_token' in body) {
      context.body = { ...body, id_token: await reissue(String(body.id_token), { people, privateKey, client }) }
    }
  })
  const answer = provider.callback()
  let isPaused = false
  server.on('request', (request, response) => {
    const path = new URL(request.url ?? '/', issuer).pathname
    asked.set(path, (asked.get(path) ?? 0) + 1)
    if (isPaused) return
    // A browser asks for it by itself.
    if (path === '/favicon.ico') return void response.writeHead(204).end()
    if (path.startsWith('/interaction/')) {
      interact(provider, people, request, response).catch((error: unknown) =>
        response.writeHead(500).end(String(error)),
      )
      return
    }
    // The same document at the address that Pro Santé Connect gives it.
    request.url = request.url?.replace('wallet-openid-configuration', 'openid-configuration')
    void answer(request, response)
  })
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const pause = (paused: boolean): void => {
    isPaused = paused
  }
  return { issuer, asked, close, pause }
}

/** The sign-in page: shown, then sent. */
async function interact(
  provider: Provider,
  people: Map<string, Person>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    await provider.interactionDetails(request, response)
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(signInForm)
    return
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const person = readPerson(new URLSearchParams(Buffer.concat(chunks).toString()))
  if (!person) {
    const refused = { error: 'access_denied', error_description: 'Renoncement' }
    await provider.interactionFinished(request, response, refused, { mergeWithLastSubmission: false })
    return
  }
  people.set(person.sub, person)
  const login = { accountId: person.sub, remember: false }
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
}
