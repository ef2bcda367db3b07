import { dayIn } from '@maillage/contracts/kit/dates'
import { CptsId } from '@maillage/contracts/kit/ids'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import { evenly } from '../../platform/pages/evenly.ts'
import {
  anybody as open,
  type PageApp,
  type PageDoor,
  type PageReply,
  type PageRequest,
} from '../../platform/pages/page-door.ts'
import { problem } from '../../platform/problem-error.ts'
import { confirmRegistration } from './confirm-registration.ts'
import { delays } from './delays.ts'
import { deskSaid } from './desk-said.ts'
import { beginDraft, keepAnswers, openDraft } from './draft-registration.ts'
import { answersSaid, drawnFaults, drawnSections } from './form/drawn-fields.ts'
import type { Fault } from './form/field.ts'
import { firstFaulty, pageCount, type Step, steps, withAnswersOf } from './form/steps.ts'
import { currentNotice } from './notice/notice.store.ts'
import { noticeBlocks } from './notice/notice-text.ts'
import type { PublicDeps } from './public-deps.ts'
import type { Answers } from './public-registration.table.ts'
import type { Draft } from './registration.store.ts'
import { submitRegistration } from './submit-registration.ts'
import { desksCovering, findPlace, getDesk } from './territory.store.ts'

const pages = 'features/public-registration/pages'
const draftCookie = 'demande'

/** What these pages are drawn with. */
export interface PageRoutesDeps extends PublicDeps {
  readonly door: PageDoor
}

/** `/demande`: five short pages, then a link to confirm by. No script, no account, nothing kept in the browser but a cookie. */
export function registrationPages(app: PageApp, deps: PageRoutesDeps): void {
  const { door } = deps

  app.post('/demande/commencer', open, async (request, reply) => {
    const { commune = '', cpts = '' } = door.formOf(request)
    const place = await findPlace(deps.db, commune)
    const covering = place ? await desksCovering(deps.db, place.code) : []
    const wanted = CptsId.safeParse(cpts)
    const desk = covering.find(({ id, isOpen }) => isOpen && id === wanted.data)
    if (!place || !desk) throw problem('not-found')
    const token = await beginDraft(deps, { cptsId: desk.id, commune: place.code })
    door.keep(reply, draftCookie, token, delays.draftMs / 1000)
    return reply.redirect('/demande/vous', 303)
  })
  for (const step of steps) {
    app.get(`/demande/${step.name}`, open, (request, reply) =>
      withDraft(deps, request, reply, (draft) => showStep(deps, { request, reply, draft, step })),
    )
    app.post(`/demande/${step.name}`, open, (request, reply) => {
      const form = door.formOf(request)
      return withDraft(deps, request, reply, (draft) => keepStep(deps, { request, reply, draft, step }, form))
    })
  }
  app.get('/demande/verification', open, (request, reply) =>
    withDraft(deps, request, reply, (draft) => showReview(deps, { request, reply, draft })),
  )
  app.post('/demande/verification', rare, (request, reply) => {
    const form = door.formOf(request)
    return withDraft(deps, request, reply, (draft) => sendDraft(deps, { request, reply, draft }, form))
  })
  app.get('/demande/envoyee', open, (request, reply) => door.send(request, reply, `${pages}/sent`, sentSaid))
  app.get<{ Params: { token: string } }>('/demande/confirmation/:token', open, (request, reply) =>
    door.send(request, reply, `${pages}/confirm`, {
      title: 'Confirmez votre demande',
      token: encodeURIComponent(request.params.token),
    }),
  )
  app.post<{ Params: { token: string } }>('/demande/confirmation/:token', rare, async (request, reply) => {
    door.formOf(request)
    const row = await evenly(() => confirmRegistration(deps, request.params.token, request.id))
    if (!row) return door.send(request, reply, `${pages}/stale-link`, { title: 'Ce lien ne sert plus' }, 404)
    const desk = await deps.db.read(row.cptsId, (db) => getDesk(db, row.cptsId))
    const told = { title: 'Votre demande est enregistrée', reference: row.reference, ...deskSaid(desk) }
    return door.send(request, reply, `${pages}/confirmed`, told)
  })
}

const sentSaid = { title: 'Encore un geste : ouvrez le lien reçu', days: delays.confirmDays }

/** What costs a message, or could be tried again and again. */
export const rare = { ...open, config: { ...open.config, limit: 'link' } } as const

interface Call {
  readonly request: PageRequest
  readonly reply: PageReply
  readonly draft: Draft
}
type StepCall = Call & { readonly step: Step }

/** A page of a request that was begun; whoever has none is led to the beginning. */
async function withDraft(
  deps: PageRoutesDeps,
  request: PageRequest,
  reply: PageReply,
  show: (draft: Draft) => Promise<PageReply>,
): Promise<PageReply> {
  const draft = await openDraft(deps, deps.door.kept(request, draftCookie))
  return draft ? show(draft) : reply.redirect('/demande?expiree=1', 303)
}

/** What the pages of a request share: the CPTS, its day and the commune. */
async function surroundings({ db, now }: PageRoutesDeps, { cptsId, municipalityCode }: Draft) {
  const place = await findPlace(db, municipalityCode)
  return db.read(cptsId, async (reader) => {
    const { timeZone } = await loadCalendar(reader, cptsId)
    return {
      today: dayIn(timeZone, now()),
      notice: await currentNotice(reader, cptsId),
      said: { ...deskSaid(await getDesk(reader, cptsId)), placeName: place?.name ?? '', cptsQuery: municipalityCode },
    }
  })
}

async function showStep(
  deps: PageRoutesDeps,
  { request, reply, draft, step }: StepCall,
  faults: readonly Fault[] = [],
): Promise<PageReply> {
  const at = steps.indexOf(step)
  const { said } = await surroundings(deps, draft)
  const before = steps[at - 1]
  const values = {
    ...said,
    title: step.title,
    name: step.name,
    number: at + 1,
    count: pageCount,
    isFirst: at === 0,
    backUrl: before ? `/demande/${before.name}` : `/demande?commune=${draft.municipalityCode}`,
    sections: drawnSections(step.sections, draft.answers, faults),
    faults: faults.length > 0 ? drawnFaults(step.sections, faults) : null,
  }
  return deps.door.send(request, reply, `${pages}/step`, values, faults.length > 0 ? 422 : 200)
}

async function keepStep(
  deps: PageRoutesDeps,
  call: StepCall,
  form: Readonly<Record<string, string>>,
): Promise<PageReply> {
  const { reply, draft, step } = call
  const trap: Answers = form.website ? { website: form.website.slice(0, 100) } : {}
  const answers = { ...withAnswersOf(step.sections, draft.answers, form), ...trap }
  await keepAnswers(deps, draft, answers)
  const { today } = await surroundings(deps, draft)
  const faults = step.faultsOf(answers, today)
  if (faults.length > 0) return showStep(deps, { ...call, draft: { ...draft, answers } }, faults)
  const next = steps[steps.indexOf(step) + 1]
  return reply.redirect(`/demande/${next?.name ?? 'verification'}`, 303)
}

async function showReview(deps: PageRoutesDeps, { request, reply, draft }: Call, fault?: string): Promise<PageReply> {
  const { today, notice, said } = await surroundings(deps, draft)
  const faulty = firstFaulty(draft.answers, today)
  if (faulty) return reply.redirect(`/demande/${faulty.name}`, 303)
  const values = {
    ...said,
    title: 'Relisez et envoyez',
    count: pageCount,
    backUrl: `/demande/${steps.at(-1)?.name ?? 'vous'}`,
    parts: steps.map(({ name, title, sections }) => ({ name, title, lines: answersSaid(sections, draft.answers) })),
    blocks: noticeBlocks(notice.text),
    noticeVersion: notice.version,
    isAgreed: fault !== undefined && fault !== agreeFirst,
    faults: fault === undefined ? null : [{ id: 'consent', text: fault }],
  }
  return deps.door.send(request, reply, `${pages}/review`, values, fault === undefined ? 200 : 422)
}

const agreeFirst = 'Cochez la case pour donner votre accord : sans lui, nous ne pouvons pas chercher de médecin'
const readAgain = 'Relisez vos réponses, puis envoyez-les'
const changedText = 'Ce texte vient de changer : relisez-le, puis envoyez votre demande'

async function sendDraft(
  deps: PageRoutesDeps,
  call: Call,
  { consent, noticeVersion }: Readonly<Record<string, string>>,
): Promise<PageReply> {
  const { request, reply, draft } = call
  const { today, notice } = await surroundings(deps, draft)
  const faulty = firstFaulty(draft.answers, today)
  if (faulty) return reply.redirect(`/demande/${faulty.name}`, 303)
  if (consent !== 'yes') return showReview(deps, call, agreeFirst)
  if (noticeVersion !== notice.version) return showReview(deps, call, changedText)
  if (deps.now().getTime() - draft.startedAt.getTime() < delays.leastFillingMs) return showReview(deps, call, readAgain)
  // Only a program fills in a box that nobody sees: it is answered like anybody, and nothing is kept.
  const isTrapped = (draft.answers.website ?? '') !== ''
  await evenly(async () => {
    if (!isTrapped) await submitRegistration(deps, draft, { noticeVersion: notice.version, requestId: request.id })
  })
  deps.door.forget(reply, draftCookie)
  return reply.redirect('/demande/envoyee', 303)
}
