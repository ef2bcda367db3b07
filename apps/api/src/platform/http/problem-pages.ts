import { type ProblemCode, problems } from '@maillage/contracts/kit/problems'
import type { FastifyInstance } from 'fastify'
import { problem } from '../problem-error.ts'

const page = (code: ProblemCode): string => `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>${code} – Maillage</title></head>
<body>
<main>
<h1>Refus « ${code} »</h1>
<p>Statut HTTP ${problems[code].status}. Message technique : <span lang="en">${problems[code].title}</span>.</p>
<p>Ce code est permanent. Pour obtenir de l’aide, transmettez l’identifiant de la requête (champ <code>instance</code>) à votre administrateur.</p>
</main>
</body>
</html>
`

// A code in an address is any text; the catalogue knows its own.
const isKnown = (code: string): code is ProblemCode => Object.hasOwn(problems, code)

/** The page that a problem's `type` leads to. */
export function addProblemPages(app: FastifyInstance): void {
  app.get<{ Params: { code: string } }>(
    '/problems/:code',
    { config: { access: 'public' }, schema: { hide: true } },
    async ({ params }, reply) => {
      if (!isKnown(params.code)) throw problem('not-found')
      return reply.type('text/html; charset=utf-8').send(page(params.code))
    },
  )
}
