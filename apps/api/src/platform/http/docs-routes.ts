import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'

/** Routes that the reader adds by itself. */
export const docsRoutes = ['/api/docs', '/api/docs/', '/api/docs/js/scalar.js'] as const

// The reader's page starts with one inline script; it may still reach nobody but us.
const ownPolicy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self' blob:"

/** The OpenAPI document and its reader, under a content policy of their own. */
export async function addDocsRoutes(app: FastifyInstance): Promise<void> {
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  )
  await app.register(reader)
}

const reader: FastifyPluginAsync = async (docs) => {
  docs.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', ownPolicy)
  })
  await docs.register(scalar, {
    routePrefix: '/api/docs',
    configuration: {
      url: '/api/openapi.json',
      pageTitle: 'API Maillage',
      favicon: '/favicon.svg',
      withDefaultFonts: false,
      hideClientButton: true,
      telemetry: false,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  })
}
