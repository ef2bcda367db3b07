import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { problem } from '../problem-error.ts'
import { sendProblem } from './problem-handler.ts'

const aYear = 'public, max-age=31536000, immutable'

/**
 * Serves the built SPA, and says what no route answers: Fastify takes one such handler. A page's address that no file
 * has is the SPA's own and gets `index.html`; the rest, and all where no SPA was built, is not found.
 */
export async function serveWebApp(app: FastifyInstance, webDir: string | undefined): Promise<void> {
  if (!webDir || !existsSync(path.join(webDir, 'index.html'))) {
    app.setNotFoundHandler((request, reply) => sendProblem(request, reply, problem('not-found')))
    return
  }
  await app.register(fastifyStatic, {
    root: path.resolve(webDir),
    wildcard: true,
    index: ['index.html'],
    cacheControl: false,
    setHeaders: (reply, file) => {
      // Vite puts a digest in the names under assets/: another content is another name.
      reply.header('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? aYear : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    const isPage = ['GET', 'HEAD'].includes(request.method) && request.headers.accept?.includes('text/html')
    const isApi = pathname === '/api' || pathname.startsWith('/api/')
    if (!isPage || isApi || path.extname(pathname)) return sendProblem(request, reply, problem('not-found'))
    return reply.sendFile('index.html')
  })
}
