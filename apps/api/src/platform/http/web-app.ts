import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { problem } from '../problem-error.ts'
import { sendProblem } from './problem-handler.ts'

const aYear = 'public, max-age=31536000, immutable'

/** The files of the pages where people arrive, listed by the build. */
const Arrivals = z.array(z.object({ under: z.string(), files: z.array(z.string()) }))

/** Announces a page's own files with the page: the browser would else learn of them two round trips later. */
function linksOf(webDir: string): (pathname: string) => string | undefined {
  const file = path.join(webDir, 'arrivals.json')
  const arrivals = existsSync(file) ? Arrivals.parse(JSON.parse(readFileSync(file, 'utf8'))) : []
  // A style is fetched ahead and not preloaded: who has to sign in first does not need it yet, and browsers complain.
  const announced = arrivals.map(({ under, files }) => ({
    under,
    links: files.map((name) => `</${name}>; ${name.endsWith('.css') ? 'rel=prefetch' : 'rel=modulepreload'}`),
  }))
  return (pathname) =>
    announced.find(({ under }) => pathname === under || pathname.startsWith(`${under}/`))?.links.join(', ')
}

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
    // Made by the build beside each file: a phone on a slow network waits a quarter of the time.
    preCompressed: true,
    setHeaders: (reply, file) => {
      // Vite puts a digest in the names under assets/: another content is another name.
      reply.header('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? aYear : 'no-cache')
    },
  })
  const links = linksOf(webDir)
  app.setNotFoundHandler((request, reply) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    const isPage = ['GET', 'HEAD'].includes(request.method) && request.headers.accept?.includes('text/html')
    const isApi = pathname === '/api' || pathname.startsWith('/api/')
    if (!isPage || isApi || path.extname(pathname)) return sendProblem(request, reply, problem('not-found'))
    const link = links(pathname)
    if (link) reply.header('link', link)
    return reply.sendFile('index.html')
  })
}
