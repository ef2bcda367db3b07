import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { newSecretToken } from '../crypto/digest.ts'
import { refusalFrom } from '../http/problem-handler.ts'
import { problem } from '../problem-error.ts'
import { acceptForms, type FormBody } from './form-body.ts'
import type { PageEngine } from './page-engine.ts'
import { formTokenOf, isFormToken, isPageSecret } from './page-secret.ts'

/** What the pages of a slice are handed: they need no library of their own to answer. */
export type PageApp = FastifyInstance
export type PageRequest = FastifyRequest
export type PageReply = FastifyReply

/** Every page is for anybody, and none is a part of the API's description. */
export const anybody = { config: { access: 'public' }, schema: { hide: true } } as const

/** How pages are served: over https cookies are bound to this very host. */
export interface PageSettings {
  readonly cookieSecure: boolean
}

/** Draws, answers and reads forms: what the pages of a slice are made with. */
export interface PageDoor {
  send(request: FastifyRequest, reply: FastifyReply, template: string, values: object, status?: number): FastifyReply
  /** What the form holds; refused when it was not sent from a page that this browser was given. */
  formOf(request: FastifyRequest): FormBody
  /** Keeps a word in the browser, out of reach of scripts and gone with `seconds`; none takes it back. */
  keep(reply: FastifyReply, name: string, word: string, seconds: number): void
  forget(reply: FastifyReply, name: string): void
  kept(request: FastifyRequest, name: string): string | undefined
}

const browserCookie = 'page'

// No script at all: what a page does, it does on the oldest phone.
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Makes the scope of `app` one of HTML pages: forms are read, refusals are pages, a content policy of its own. */
export function openPageDoor(app: FastifyInstance, engine: PageEngine, settings: PageSettings): PageDoor {
  acceptForms(app)
  const cookies = cookiesOf(settings)
  const send: PageDoor['send'] = (request, reply, template, values, status = 200) => {
    const known = cookies.kept(request, browserCookie)
    const secret = isPageSecret(known) ? known : newSecretToken()
    if (secret !== known) cookies.keep(reply, browserCookie, secret)
    const html = engine.draw(template, { ...values, formToken: formTokenOf(secret), style: engine.style.url })
    return headed(reply).code(status).type('text/html; charset=utf-8').send(html)
  }
  app.setErrorHandler((error, request, reply) => {
    const { code, extras } = refusalFrom(error, request)
    if (code === 'internal-error') request.log.error({ err: error }, 'unexpected error')
    if (extras.retryAfter !== undefined) reply.header('retry-after', String(extras.retryAfter))
    const { title, text, status } = refusals[code] ?? unexpected
    return send(request, reply, 'platform/pages/templates/refusal', { title, text, requestId: request.id }, status)
  })
  return {
    send,
    formOf(request) {
      const secret = cookies.kept(request, browserCookie)
      // Only this scope's parser makes the body, and it makes texts by name; without a body there is none.
      const form = (request.body ?? {}) as FormBody
      if (!isPageSecret(secret) || !isFormToken(secret, form.formToken)) throw problem('malformed-request')
      return form
    },
    ...cookies,
  }
}

const headed = (reply: FastifyReply): FastifyReply =>
  reply.headers({
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    vary: 'cookie',
  })

/** Lax and not strict: a link in a mail must find the page that was begun. */
function cookiesOf({ cookieSecure }: PageSettings) {
  const named = (name: string): string => `${cookieSecure ? '__Host-' : ''}maillage-${name}`
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: cookieSecure } as const
  return {
    kept: (request: FastifyRequest, name: string): string | undefined => request.cookies[named(name)],
    keep: (reply: FastifyReply, name: string, word: string, seconds?: number): void => {
      reply.setCookie(named(name), word, { ...options, ...(seconds === undefined ? {} : { maxAge: seconds }) })
    },
    forget: (reply: FastifyReply, name: string): void => {
      reply.clearCookie(named(name), options)
    },
  }
}

interface Refusal {
  readonly status: number
  readonly title: string
  readonly text: string
}

const unexpected: Refusal = {
  status: 500,
  title: 'Le service a rencontré une difficulté',
  text: 'Ce n’est pas de votre fait. Réessayez dans quelques minutes.',
}
const tooLong: Refusal = {
  status: 413,
  title: 'Votre envoi est trop volumineux',
  text: 'Revenez à la page précédente et raccourcissez vos réponses.',
}
const unreadable: Refusal = {
  status: 400,
  title: 'Cette page n’est plus valable',
  text: 'Elle est restée ouverte trop longtemps, ou votre navigateur refuse les cookies. Revenez à la page précédente, rechargez-la, puis recommencez.',
}

// What is not listed cannot come from a page: it is a fault of ours.
const refusals: Readonly<Partial<Record<string, Refusal>>> = {
  'malformed-request': unreadable,
  'from-elsewhere': { ...unreadable, status: 403 },
  'unsupported-media-type': unreadable,
  'invalid-field': unreadable,
  'too-large': tooLong,
  'not-found': {
    status: 404,
    title: 'Cette page n’existe pas',
    text: 'L’adresse a peut-être été mal recopiée, ou la demande commencée a expiré.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Trop d’essais à la suite',
    text: 'Attendez quelques minutes, puis recommencez. Rien de ce que vous aviez enregistré n’est perdu.',
  },
  'not-ready': {
    status: 503,
    title: 'Le service redémarre',
    text: 'Réessayez dans une minute. Rien de ce que vous aviez enregistré n’est perdu.',
  },
}
