import type { FastifyInstance } from 'fastify'

/** What a form sent: one text a name, the last when it was sent twice. */
export type FormBody = Readonly<Record<string, string>>

/** A page of questions is a few thousand characters; whoever sends more is no browser of ours. */
const mostBytes = 64 * 1024

// A character that PostgreSQL does not store; line ends as every system writes them.
const tidy = (text: string): string => text.replaceAll('\0', '').replaceAll('\r\n', '\n')

/** Reads forms as browsers send them, in this scope alone: the API itself takes JSON. */
export function acceptForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: mostBytes },
    (_request, body, done) => {
      const typed = new URLSearchParams(String(body))
      done(null, Object.fromEntries([...typed].map(([name, text]) => [name, tidy(text)])))
    },
  )
}
