import { anybody as open, type PageApp, type PageReply, type PageRequest } from '../../platform/pages/page-door.ts'
import { problem } from '../../platform/problem-error.ts'
import { deskSaid } from './desk-said.ts'
import { defaultNotice } from './notice/default-notice.ts'
import { currentNotice } from './notice/notice.store.ts'
import { noticeBlocks } from './notice/notice-text.ts'
import type { PageRoutesDeps } from './registration.pages.ts'
import { desksCovering, findPlace, type Place, searchPlaces } from './territory.store.ts'

const pages = 'features/public-registration/pages'
type StartQuery = Readonly<Partial<Record<'commune' | 'ville' | 'expiree', string | string[]>>>
const single = (given: string | string[] | undefined): string => (Array.isArray(given) ? given[0] : given) ?? ''

/** Where requests begin: the commune says which CPTS answers. Also what is done with data, and how far all may use these pages. */
export function startPages(app: PageApp, deps: PageRoutesDeps): void {
  const { door } = deps
  app.get<{ Querystring: StartQuery }>('/demande', open, async (request, reply) => {
    const code = single(request.query.commune)
    const place = await findPlace(deps.db, code)
    if (place) return showPlace(deps, request, reply, place)
    return showSearch(deps, request, reply, request.query)
  })
  app.get<{ Querystring: StartQuery }>('/demande/donnees', open, async (request, reply) => {
    const place = await findPlace(deps.db, single(request.query.commune))
    const [desk] = place ? await desksCovering(deps.db, place.code) : []
    const notice = desk ? await deps.db.read(desk.id, (db) => currentNotice(db, desk.id)) : defaultNotice
    return door.send(request, reply, `${pages}/data`, {
      title: 'Ce que nous faisons de vos réponses',
      blocks: noticeBlocks(notice.text),
      noticeVersion: notice.version,
      ...(desk ? deskSaid(desk) : {}),
    })
  })
  app.get('/demande/accessibilite', open, (request, reply) =>
    door.send(request, reply, `${pages}/accessibility`, { title: 'Accessibilité' }),
  )
  // Without these, the screens' own « not found » would answer, which needs scripts.
  for (const path of ['/demande/*', '/suivi/*'])
    app.get(path, open, () => {
      throw problem('not-found')
    })
}

async function showSearch(
  { door, db }: PageRoutesDeps,
  request: PageRequest,
  reply: PageReply,
  query: StartQuery,
): Promise<PageReply> {
  const typed = single(query.ville).trim().slice(0, 60)
  const isUnknownCode = single(query.commune) !== ''
  const places = typed === '' ? [] : await searchPlaces(db, typed)
  const fault = searchFault({ typed, found: places.length, isUnknownCode, isExpired: query.expiree !== undefined })
  return door.send(request, reply, `${pages}/start`, {
    title: 'Je cherche un médecin traitant',
    typed,
    places: places.length > 0 ? places : null,
    faults: fault ? [{ id: 'ville', text: fault }] : null,
  })
}

function searchFault(asked: { typed: string; found: number; isUnknownCode: boolean; isExpired: boolean }) {
  if (asked.typed !== '' && asked.found === 0) {
    return 'Aucune commune ne porte ce nom ni ce code postal. Vérifiez, ou essayez le code postal'
  }
  if (asked.isUnknownCode) return 'Cette commune n’existe pas ou n’existe plus : cherchez-la par son nom'
  if (asked.isExpired)
    return 'Votre demande était restée ouverte trop longtemps, ou elle est déjà envoyée : choisissez votre commune pour en commencer une'
  return undefined
}

async function showPlace(
  { door, db }: PageRoutesDeps,
  request: PageRequest,
  reply: PageReply,
  place: Place,
): Promise<PageReply> {
  const covering = await desksCovering(db, place.code)
  const openDesks = covering.filter(({ isOpen }) => isOpen)
  const [desk] = openDesks
  const named = { placeName: place.name, code: place.code, cptsQuery: place.code }
  if (!desk) {
    const [shut] = covering
    const told = { title: `Nous ne pouvons pas encore vous aider à ${place.name}`, ...named }
    return door.send(request, reply, `${pages}/uncovered`, { ...told, ...(shut ? deskSaid(shut) : {}) })
  }
  return door.send(request, reply, `${pages}/begin`, {
    title: 'Je cherche un médecin traitant',
    ...named,
    ...deskSaid(desk),
    several: openDesks.length > 1 ? openDesks.map(({ id, name }) => ({ id, name })) : null,
  })
}
