import type { PractitionerCard } from '@maillage/contracts/directory/practitioner-cards'
import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../../../kernel/context.ts'
import { anybody, openPageDoor, type PageReply, type PageRequest } from '../../../platform/pages/page-door.ts'
import { openPageEngine } from '../../../platform/pages/page-engine.ts'
import { confirmByLink, readLinkedCard } from './confirm-by-link.ts'

/** What these pages need beside their acts: where they are served. */
export interface CardPagesDeps extends Deps {
  readonly settings: { readonly cookieSecure: boolean }
}

const pages = 'features/practitioners/card/pages'
const thanks = {
  title: 'Merci, votre fiche est confirmée',
  text: 'La question vous sera posée de nouveau dans six mois. Vous pouvez fermer cette page.',
}
const unknown = {
  title: 'Ce lien n’ouvre plus rien',
  text: 'Il a expiré, ou il a été remplacé. Connectez-vous pour relire votre fiche, ou appelez votre CPTS.',
}
type TokenCall = { Params: { token: string } }

/** `/annuaire/confirmation/…`: a card read again and confirmed by the link of a message, without an account nor a script. */
export const cardPages: FastifyPluginAsync<CardPagesDeps> = async (app, deps) => {
  const door = openPageDoor(app, openPageEngine(), deps.settings)
  const say = (request: PageRequest, reply: PageReply, words: typeof thanks, status = 200) =>
    door.send(request, reply, `${pages}/card-confirmed`, words, status)
  const show = async (request: PageRequest, reply: PageReply, token: string, changed: boolean) => {
    const found = await readLinkedCard(deps, token)
    if (!found) return say(request, reply, unknown, 404)
    if (found.isUsed) return say(request, reply, thanks)
    const values = {
      title: 'Votre fiche de l’annuaire',
      action: `/annuaire/confirmation/${encodeURIComponent(token)}`,
      lines: linesOf(found.card),
      version: found.card.version,
      changed,
    }
    return door.send(request, reply, `${pages}/card-confirm`, values, changed ? 409 : 200)
  }
  app.get<TokenCall>('/annuaire/confirmation/:token', anybody, (request, reply) =>
    show(request, reply, request.params.token, false),
  )
  app.post<TokenCall>('/annuaire/confirmation/:token', anybody, async (request, reply) => {
    const { token } = request.params
    const answer = await confirmByLink(deps, token, Number(door.formOf(request).version))
    if (answer === 'changed') return show(request, reply, token, true)
    return answer === 'confirmed' ? say(request, reply, thanks) : say(request, reply, unknown, 404)
  })
}

const yes = (known: boolean | null): string => ({ true: 'oui', false: 'non', null: 'non précisé' })[`${known}`]

/** The card in lines, as its owner reads it; what is not said is said not to be. */
const linesOf = (card: PractitionerCard): { term: string; value: string }[] =>
  [
    { term: 'Nom', value: card.displayName },
    {
      term: 'Lieu',
      value: [card.practice, card.practiceLine, card.practicePostalCode, card.municipality.name]
        .filter(Boolean)
        .join(', '),
    },
    { term: 'Téléphone', value: card.practicePhone },
    { term: 'E-mail', value: card.practiceEmail },
    { term: 'Adresse MSSanté', value: card.mssanteAddress },
    { term: 'Horaires', value: card.practiceHours },
    ...card.sites.map(({ name, line, municipality, phone, hours }, index) => ({
      term: `Lieu ${index + 2}`,
      value: [name, line, municipality.name, phone, hours].filter(Boolean).join(', '),
    })),
    { term: 'Accessible en fauteuil', value: yes(card.accessible) },
    { term: 'Visites à domicile', value: yes(card.homeVisits) },
    { term: 'Téléconsultation', value: yes(card.teleconsultation) },
    { term: 'Langues', value: card.languages.join(', ') },
  ].map(({ term, value }) => ({ term, value: value || 'non précisé' }))
