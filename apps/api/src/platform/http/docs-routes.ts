import Fastify, { type FastifyInstance } from 'fastify'
import { readerPolicy } from '../door/content-policies.ts'

const readerRoutes = ['/api/docs', '/api/docs/', '/api/docs/js/scalar.js']
const keptHeaders = ['content-type', 'location', 'cache-control', 'etag']

/** The OpenAPI document and its reader, under a content policy of their own. */
export async function addDocsRoutes(app: FastifyInstance): Promise<void> {
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  )
  let reader: Promise<FastifyInstance> | undefined
  for (const url of readerRoutes)
    app.get(url, { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
      reader ??= openReader()
      const { statusCode, headers, rawPayload } = await (await reader).inject({ url: request.url })
      reply.header('content-security-policy', readerPolicy(url.endsWith('.js') ? '' : rawPayload.toString('utf8')))
      for (const name of keptHeaders) if (headers[name] !== undefined) reply.header(name, headers[name])
      return reply.code(statusCode).send(rawPayload)
    })
}

// The reader weighs as much as all the rest of the program: it is loaded when somebody first opens it.
async function openReader(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const inner = Fastify()
  await inner.register(scalar, {
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
  return inner
}
