import { dayIn } from '@maillage/contracts/kit/dates'
import type { OrganizationId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import {
  AgreementAlerts,
  AgreementParams,
  ChangeAgreement,
  ChangePartner,
  ConfirmPartner,
  EndAgreement,
  NewAgreement,
  NewPartner,
  Partner,
  PartnerParams,
  PartnerQuery,
} from '@maillage/contracts/partners/partners'
import { roles } from '@maillage/contracts/roles'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Deps } from '../../kernel/context.ts'
import type { Db } from '../../platform/db/database.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { listAlerts } from './agreement.store.ts'
import { changeAgreement, endAgreement, enterAgreement, renewAgreement } from './keep-agreement.ts'
import { changePartner, confirmPartner, enterPartner } from './keep-partner.ts'
import { listPartners, type Reading, readPartner } from './partner.store.ts'

const tags = ['partners']
const keepers = ['coordinator', 'administrator'] as const
const params = PartnerParams
const kept = { 200: Partner, ...problemsOf('not-found', 'version-stale') }

const list = {
  config: { access: roles },
  schema: {
    tags,
    summary: 'Partners of the CPTS, by name; agreements for its coordination and administration alone',
    querystring: PartnerQuery,
    response: { 200: pageOf(Partner) },
  },
}
const read = {
  config: { access: roles },
  schema: { tags, summary: 'Read a partner', params, response: { 200: Partner, ...problemsOf('not-found') } },
}
const enter = {
  config: { access: keepers, idempotent: true },
  schema: { tags, summary: 'Enter a partner', body: NewPartner, response: { 201: Partner } },
}
const change = {
  config: { access: keepers },
  schema: { tags, summary: 'Replace a partner’s card', params, body: ChangePartner, response: kept },
}
const confirm = {
  config: { access: keepers },
  schema: { tags, summary: 'Say that a card is right as it stands', params, body: ConfirmPartner, response: kept },
}
const agree = {
  config: { access: keepers, idempotent: true },
  schema: {
    tags,
    summary: 'Write down an agreement',
    params,
    body: NewAgreement,
    response: { 201: Partner, ...problemsOf('not-found') },
  },
}
const correct = {
  config: { access: keepers },
  schema: { tags, summary: 'Correct an agreement', params: AgreementParams, body: ChangeAgreement, response: kept },
}
const renew = {
  config: { access: keepers },
  schema: {
    tags,
    summary: 'Renew an agreement under new terms; the former one is kept',
    params: AgreementParams,
    body: ChangeAgreement,
    response: kept,
  },
}
const end = {
  config: { access: keepers },
  schema: { tags, summary: 'End an agreement', params: AgreementParams, body: EndAgreement, response: kept },
}
const alerts = {
  config: { access: keepers },
  schema: { tags, summary: 'Agreements to renew, the nearest term first', response: { 200: AgreementAlerts } },
}

/** HTTP ↔ partner organizations and the agreements with them. */
export const partnerRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const readingOf = async (db: Db, actor: Actor): Promise<Reading> => {
    const { timeZone } = await loadCalendar(db, actor.cptsId)
    const now = deps.now()
    return { actor, now, today: dayIn(timeZone, now) }
  }
  const answer = (actor: Actor, id: OrganizationId): Promise<Partner> =>
    deps.db.read(actor.cptsId, async (db) => readPartner(db, await readingOf(db, actor), id))

  app.get('/partners', list, ({ query, actor }) =>
    deps.db.read(actor.cptsId, async (db) => listPartners(db, await readingOf(db, actor), query)),
  )
  app.get('/partners/:id', read, ({ params: { id }, actor }) => answer(actor, id))
  app.post('/partners', enter, async ({ body, actor }, reply) =>
    reply.code(201).send(await answer(actor, await enterPartner(deps, actor, body))),
  )
  app.put('/partners/:id', change, async ({ params: { id }, body, actor }) => {
    await changePartner(deps, actor, id, body)
    return answer(actor, id)
  })
  app.post('/partners/:id/confirmation', confirm, async ({ params: { id }, body, actor }) => {
    await confirmPartner(deps, actor, id, body.version)
    return answer(actor, id)
  })
  app.post('/partners/:id/agreements', agree, async ({ params: { id }, body, actor }, reply) => {
    await enterAgreement(deps, actor, id, body)
    return reply.code(201).send(await answer(actor, id))
  })
  app.put('/agreements/:id', correct, async ({ params: { id }, body, actor }) =>
    answer(actor, await changeAgreement(deps, actor, id, body)),
  )
  app.post('/agreements/:id/renewal', renew, async ({ params: { id }, body, actor }) =>
    answer(actor, await renewAgreement(deps, actor, id, body)),
  )
  app.post('/agreements/:id/end', end, async ({ params: { id }, body, actor }) =>
    answer(actor, await endAgreement(deps, actor, id, body)),
  )
  app.get('/agreement-alerts', alerts, ({ actor }) =>
    deps.db.read(actor.cptsId, async (db) => {
      const { today } = await readingOf(db, actor)
      const due = await listAlerts(db, actor.cptsId, today)
      return { items: due.map(({ alertDays: _days, ...told }) => told) }
    }),
  )
}
