import type { RevalidationAnswer } from '@maillage/contracts/revalidation'
import type { FastifyPluginAsync } from 'fastify'
import { evenly } from '../../platform/pages/evenly.ts'
import {
  anybody as open,
  openPageDoor,
  type PageDoor,
  type PageReply,
  type PageRequest,
} from '../../platform/pages/page-door.ts'
import { openPageEngine } from '../../platform/pages/page-engine.ts'
import type { Said } from './answer-asking.ts'
import { answerByLink, type Question, questionOf } from './answer-by-link.ts'
import type { RevalidationDeps } from './searches.ts'

/** What these pages need beside their acts: where they are served. */
export interface StillSearchingDeps extends RevalidationDeps {
  readonly settings: { readonly cookieSecure: boolean }
}

type TokenCall = { Params: { token: string } }

const pages = 'features/revalidation/pages'

/** `/suivi/toujours`: the question of a message and its answers. Opening it answers nothing: robots open links. */
export const stillSearchingPages: FastifyPluginAsync<StillSearchingDeps> = async (app, deps) => {
  const door = openPageDoor(app, openPageEngine(), deps.settings)
  app.get<TokenCall>('/suivi/toujours/:token', open, async (request, reply) => {
    const { token } = request.params
    return show(door, request, reply, await evenly(() => questionOf(deps, token)))
  })
  app.post<TokenCall>('/suivi/toujours/:token', open, async (request, reply) => {
    const said = saidIn(door.formOf(request).answer)
    const { token } = request.params
    const question = await evenly(() =>
      said ? answerByLink(deps, token, { ...said, requestId: request.id }) : questionOf(deps, token),
    )
    return show(door, request, reply, question, said?.isAlone)
  })
}

const alone = '-seul'

/** « found », or « found-seul »: for the household, or for whoever answers alone. */
function saidIn(word = ''): Said | undefined {
  const isAlone = word.endsWith(alone)
  const answer = isAlone ? word.slice(0, -alone.length) : word
  if (answer !== 'still-searching' && answer !== 'found' && answer !== 'no-longer-wanted') return undefined
  return { answer, isAlone }
}

function show(
  door: PageDoor,
  request: PageRequest,
  reply: PageReply,
  question: Question | undefined,
  isAlone = false,
): PageReply {
  if (!question) return door.send(request, reply, `${pages}/still-searching-answered`, stale, 404)
  const { cptsName, state, answer, isHousehold } = question
  if (state === 'open') {
    const action = request.url
    return door.send(request, reply, `${pages}/still-searching`, { title: asking, cptsName, action, isHousehold })
  }
  if (isAlone && state === 'answered')
    return door.send(request, reply, `${pages}/still-searching-answered`, { ...leftAlone, cptsName })
  const said = state === 'answered' && answer ? (answers[answer] ?? over) : over
  return door.send(request, reply, `${pages}/still-searching-answered`, { ...said, cptsName })
}

const asking = 'Cherchez-vous toujours un médecin traitant\u202F?'
const stale = {
  title: 'Ce lien ne sert plus',
  text: 'Il est trop ancien, ou il a été mal recopié. Si vous cherchez toujours un médecin, appelez la coordination.',
  cptsName: 'coordination',
}
const over = {
  title: 'Cette question n’attend plus de réponse',
  text: 'Votre demande a avancé, ou elle a été close depuis que nous vous avons écrit.',
}
const leftAlone = {
  title: 'Merci\u00A0: votre demande est close',
  text: 'Vous ne recevrez plus de message de notre part. Les autres personnes de votre foyer restent sur la liste, avec leur ancienneté.',
}
const answers: Readonly<Partial<Record<RevalidationAnswer, { title: string; text: string }>>> = {
  'still-searching': {
    title: 'Merci\u00A0: vous restez sur la liste',
    text: 'Vous gardez votre ancienneté. Nous vous le redemanderons dans quelque temps, et nous vous appellerons dès qu’une réponse se dessine.',
  },
  found: {
    title: 'Merci\u00A0: votre demande est close',
    text: 'Nous avons noté que vous avez trouvé un médecin. Vous ne recevrez plus de message de notre part.',
  },
  'no-longer-wanted': {
    title: 'Merci\u00A0: votre demande est close',
    text: 'Nous avons noté que vous ne souhaitez plus être sur la liste. Vous ne recevrez plus de message de notre part.',
  },
}
