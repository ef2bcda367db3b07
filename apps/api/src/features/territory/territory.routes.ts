import { MunicipalityMatches, MunicipalitySearch } from '@maillage/contracts/municipalities'
import { roles } from '@maillage/contracts/roles'
import { CommuneNeeds, Organizations, Territory } from '@maillage/contracts/territory'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { listCommuneNeeds } from './commune-need.store.ts'
import { findMunicipalities } from './municipality.store.ts'
import { getTerritory, listOrganizations } from './territory.store.ts'

const tags = ['territory']

const search = {
  config: { access: roles },
  schema: {
    tags,
    summary: 'Find communes by the beginning of their name, a postal code or an INSEE code',
    querystring: MunicipalitySearch,
    response: { 200: MunicipalityMatches },
  },
} as const
const territory = {
  config: { access: roles },
  schema: { tags, summary: 'Read the CPTS that one works in', response: { 200: Territory } },
} as const
const needs = {
  config: { access: roles },
  schema: {
    tags,
    summary: 'Count need and offer by commune; who waits is told to coordinators alone, places to those who read them',
    response: { 200: CommuneNeeds },
  },
} as const
const units = {
  config: { access: ['coordinator', 'hospital_staff'] },
  schema: {
    tags,
    summary: 'List organizations and their units; a ward gets its own',
    response: { 200: Organizations },
  },
} as const

/** HTTP ↔ the territory: its communes, its hospitals and their units. */
export const territoryRoutes: FastifyPluginAsyncZod<Deps> = async (app, { db, now, kinds }) => {
  app.get('/municipalities', search, ({ query, actor }) =>
    db.read(actor.cptsId, async (tx) => ({ items: await findMunicipalities(tx, actor.cptsId, query) })),
  )
  app.get('/territory', territory, ({ actor }) => db.read(actor.cptsId, (tx) => getTerritory(tx, actor.cptsId)))
  app.get('/territory/needs', needs, ({ actor }) =>
    db.read(actor.cptsId, async (tx) => ({
      items: await listCommuneNeeds(tx, {
        cptsId: actor.cptsId,
        now: now(),
        seesPlaces: actor.role !== 'hospital_staff' && actor.role !== 'requester',
        seesWaiting: actor.role === 'coordinator',
        waitingStatuses: kinds['gp-search'].proposableFrom,
      }),
    })),
  )
  app.get('/units', units, ({ actor }) =>
    db.read(actor.cptsId, async (tx) => ({ items: await listOrganizations(tx, actor) })),
  )
}
