import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'
import { dataPolicy, type PolicyOptions, screenPolicy } from './content-policies.ts'

/**
 * What a page may ask of a browser: passkeys, and to copy. All the rest that watches or reaches the person is off, here
 * and in whatever a page would hold.
 */
const permissions = [
  ...['publickey-credentials-get=(self)', 'publickey-credentials-create=(self)', 'clipboard-write=(self)'],
  ...['accelerometer=()', 'autoplay=()', 'camera=()', 'clipboard-read=()', 'display-capture=()'],
  ...['encrypted-media=()', 'fullscreen=()', 'geolocation=()', 'gyroscope=()', 'hid=()', 'idle-detection=()'],
  ...['local-fonts=()', 'magnetometer=()', 'microphone=()', 'midi=()', 'payment=()', 'picture-in-picture=()'],
  ...['screen-wake-lock=()', 'serial=()', 'usb=()', 'xr-spatial-tracking=()'],
].join(', ')

/** Headers of every answer. Over plain http nothing sends the browser to https: a trial on localhost must open. */
export async function addSecurityHeaders(app: FastifyInstance, options: PolicyOptions): Promise<void> {
  const shared = {
    ...(await headersOf({
      contentSecurityPolicy: false,
      strictTransportSecurity: options.isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      // Not « no-referrer »: with it browsers write « Origin: null » in our own forms, which are then nobody's.
      referrerPolicy: { policy: 'same-origin' },
      frameguard: { action: 'deny' },
      crossOriginEmbedderPolicy: false,
    })),
    'permissions-policy': permissions,
  }
  const ofScreens = { ...shared, 'content-security-policy': screenPolicy(options) }
  const ofData = { ...shared, 'content-security-policy': dataPolicy }
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.url.startsWith('/api/') ? ofData : ofScreens)
    done()
  })
  // Answers hold health data: no cache of a proxy or of a browser may keep them. Static files say otherwise themselves.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    done()
  })
}

// Of every answer of Fastify, whatever the plugin adds.
const common = new Set(['content-type', 'content-length', 'date', 'connection'])

/**
 * What helmet adds to an answer, asked of it once: they are the same for every request, and the plugin would work them out
 * anew for each.
 */
async function headersOf(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  const probe = Fastify()
  await probe.register(helmet, options)
  probe.get('/', async () => '')
  const { headers } = await probe.inject('/')
  await probe.close()
  const added = Object.entries(headers).filter(([name]) => !common.has(name))
  return Object.fromEntries(added.map(([name, value]) => [name, String(value)]))
}
