import { evenly } from '../../../platform/pages/evenly.ts'
import { anybody as open, type PageApp, type PageReply, type PageRequest } from '../../../platform/pages/page-door.ts'
import { delays } from '../delays.ts'
import { drawnFaults, drawnSections } from '../form/drawn-fields.ts'
import type { Fault, Section } from '../form/field.ts'
import { addressAmong, readerOf } from '../form/reader.ts'
import { type PageRoutesDeps, rare } from '../registration.pages.ts'
import { endVisits, findVisit, openFollowUp, sendLostLink } from './open-follow-up.ts'
import { visitCookie } from './visits.ts'

const pages = 'features/public-registration/pages'
const birthSection: Section = {
  legend: 'Pour ouvrir votre demande',
  hint: 'La date de naissance de la personne qui cherche un médecin.',
  fields: [{ name: 'birthDate', kind: 'day', label: 'Date de naissance', hint: 'Par exemple 27 3 1958.' }],
}
const lostSections: readonly Section[] = [
  {
    legend: 'Où vous envoyer un nouveau lien ?',
    hint: 'L’adresse e-mail ou le mobile que vous aviez donné en faisant la demande.',
    fields: [
      { name: 'email', kind: 'email', label: 'Adresse e-mail', most: 200, autocomplete: 'email', isOptional: true },
      { name: 'phone', kind: 'tel', label: 'Téléphone mobile', most: 30, autocomplete: 'tel', isOptional: true },
    ],
  },
  birthSection,
]

type TokenCall = { Params: { token: string } }

/** `/suivi`: the door of a request that was confirmed, by a secret link and the birth date; and the way back when the link is lost. */
export function followUpDoorPages(app: PageApp, deps: PageRoutesDeps): void {
  const { door } = deps
  const askBirthDate = (request: PageRequest, reply: PageReply, token: string, faults: readonly Fault[] = []) =>
    door.send(
      request,
      reply,
      `${pages}/follow-up-door`,
      {
        title: 'Suivre ma demande',
        action: `/suivi/${encodeURIComponent(token)}`,
        button: 'Ouvrir ma demande',
        // A wrong date is not shown again: somebody else may look.
        sections: drawnSections([birthSection], {}, faults),
        faults: faults.length > 0 ? drawnFaults([birthSection], faults) : null,
      },
      faults.length > 0 ? 422 : 200,
    )

  app.get('/suivi', open, (request, reply) =>
    door.send(request, reply, `${pages}/follow-up-start`, { title: 'Suivre ma demande' }),
  )
  app.get('/suivi/lien-perdu', open, (request, reply) => askAddress(deps, request, reply))
  app.post('/suivi/lien-perdu', rare, (request, reply) => sendLost(deps, request, reply))
  // The same page whatever the link: it tells nobody whether it is one.
  app.get<TokenCall>('/suivi/:token', open, (request, reply) => askBirthDate(request, reply, request.params.token))
  app.post<TokenCall>('/suivi/:token', rare, async (request, reply) => {
    const birthDate = readerOf(door.formOf(request)).day('birthDate')
    const asked = { birthDate, requestId: request.id }
    const visit = await evenly(() => openFollowUp(deps, request.params.token, asked))
    if (!visit) return askBirthDate(request, reply, request.params.token, [{ field: 'birthDate', text: refused }])
    door.keep(reply, visitCookie, visit, delays.visitMs / 1000)
    return reply.redirect('/suivi/dossier', 303)
  })
  app.post('/suivi/quitter', open, async (request, reply) => {
    door.formOf(request)
    const key = await findVisit(deps, door.kept(request, visitCookie))
    if (key) await endVisits(deps, key)
    door.forget(reply, visitCookie)
    return reply.redirect('/suivi', 303)
  })
}

const refused =
  'Ce lien et cette date n’ouvrent pas de demande. Vérifiez la date, demandez un nouveau lien, ou réessayez dans une heure'

function askAddress(
  { door }: PageRoutesDeps,
  request: PageRequest,
  reply: PageReply,
  typed: { answers: Readonly<Record<string, string>>; faults: readonly Fault[] } = { answers: {}, faults: [] },
): PageReply {
  const { answers, faults } = typed
  const values = {
    title: 'Demander un nouveau lien de suivi',
    sections: drawnSections(lostSections, answers, faults),
    faults: faults.length > 0 ? drawnFaults(lostSections, faults) : null,
  }
  return door.send(request, reply, `${pages}/lost-link`, values, faults.length > 0 ? 422 : 200)
}

async function sendLost(deps: PageRoutesDeps, request: PageRequest, reply: PageReply): Promise<PageReply> {
  const form = deps.door.formOf(request)
  const reader = readerOf(form)
  const email = reader.email('email')
  const phone = reader.phone('phone')
  const birthDate = reader.day('birthDate')
  if (!birthDate) reader.blame('birthDate', 'Écrivez une date qui existe, avec le jour, le mois et l’année')
  const address = addressAmong(email, phone)
  if (!address && reader.faults.length === 0) reader.blame('email', 'Donnez une adresse e-mail ou un numéro de mobile')
  if (!address || !birthDate || reader.faults.length > 0) {
    return askAddress(deps, request, reply, { answers: form, faults: reader.faults })
  }
  await evenly(() => sendLostLink(deps, address, { birthDate, requestId: request.id }))
  return deps.door.send(request, reply, `${pages}/lost-link-sent`, { title: 'Regardez vos messages' })
}
