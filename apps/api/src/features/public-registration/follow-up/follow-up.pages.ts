import { anybody as open, type PageApp } from '../../../platform/pages/page-door.ts'
import { deskSaid } from '../desk-said.ts'
import { answersSaid } from '../form/drawn-fields.ts'
import { steps } from '../form/steps.ts'
import { noticeBlocks } from '../notice/notice-text.ts'
import type { PageRoutesDeps } from '../registration.pages.ts'
import { changeOwnConsent, confirmStillSearching, withdrawOwnSearch } from './change-follow-up.ts'
import { editPages } from './edit.pages.ts'
import { answersFrom } from './own-answers.ts'
import type { FollowUp } from './read-follow-up.ts'
import { missingTold, statusTold } from './status-words.ts'
import { acted, type FollowUpCall, visited } from './visits.ts'

const pages = 'features/public-registration/pages'
/** What was just done, told at the top of the page that follows; a word in the address, never what was written. */
const doneSaid: Readonly<Record<string, string>> = {
  enregistre: 'C’est enregistré. La coordination le voit.',
  toujours: 'Merci. Vous gardez votre place sur la liste.',
  retire: 'Votre demande est retirée.',
  'retire-seul': 'Votre demande est retirée. Les autres personnes de votre foyer restent sur la liste.',
  'retire-foyer': 'La demande de tout votre foyer est retirée.',
  accord: 'C’est enregistré.',
  'accord-seul':
    'C’est enregistré. Votre demande est maintenant séparée de celle de votre foyer : les autres restent sur la liste.',
  close: 'Votre demande est close : elle ne se modifie plus ici.',
}

/** `/suivi/dossier`: where it stands, what was said, and what its author may change. */
export function followUpPages(app: PageApp, deps: PageRoutesDeps): void {
  const { door } = deps
  app.get<{ Querystring: { fait?: unknown } }>('/suivi/dossier', open, (request, reply) => {
    const { fait } = request.query
    const said = typeof fait === 'string' && Object.hasOwn(doneSaid, fait) ? doneSaid[fait] : null
    return visited(deps, request, reply, (call) =>
      door.send(request, reply, `${pages}/follow-up`, { said, ...overviewOf(call.followUp) }),
    )
  })
  app.get('/suivi/dossier/recapitulatif', open, (request, reply) =>
    visited(deps, request, reply, ({ followUp }) =>
      door.send(request, reply, `${pages}/follow-up-summary`, {
        ...overviewOf(followUp),
        ...summaryOf(followUp, deps.now()),
      }),
    ),
  )
  app.get('/suivi/dossier/retrait', open, (request, reply) =>
    visited(deps, request, reply, ({ followUp }) =>
      door.send(request, reply, `${pages}/follow-up-withdraw`, {
        ...deskSaid(followUp.desk),
        ...householdOf(followUp),
        title: 'Retirer ma demande',
      }),
    ),
  )
  app.get('/suivi/dossier/accord', open, (request, reply) =>
    visited(deps, request, reply, ({ followUp }) =>
      door.send(request, reply, `${pages}/follow-up-consent`, consentOf(followUp)),
    ),
  )
  const act = (
    path: string,
    done: (call: FollowUpCall, form: Form) => string,
    work: (call: FollowUpCall, form: Form) => Promise<void>,
  ) =>
    app.post(path, open, (request, reply) => {
      const form = door.formOf(request)
      return visited(deps, request, reply, (call) => acted(reply, () => work(call, form), done(call, form)))
    })
  act(
    '/suivi/dossier/toujours',
    () => 'toujours',
    ({ key, request }) => confirmStillSearching(deps, { key, requestId: request.id }),
  )
  act('/suivi/dossier/retrait', withdrawnSaid, ({ key, request }, form) =>
    withdrawOwnSearch(deps, { key, requestId: request.id }, scopeOf(form)),
  )
  act(
    '/suivi/dossier/accord',
    ({ followUp }, { consent }) =>
      consent !== 'yes' && followUp.row.householdSize > 1 && followUp.row.consent ? 'accord-seul' : 'accord',
    ({ key, request }, { consent }) => changeOwnConsent(deps, { key, requestId: request.id }, consent === 'yes'),
  )
  editPages(app, deps)
}

type Form = Readonly<Record<string, string>>

/** For the person alone unless the form says the household in so many words. */
const scopeOf = ({ scope }: Form): 'patient' | 'household' => (scope === 'household' ? 'household' : 'patient')

function withdrawnSaid({ followUp }: FollowUpCall, form: Form): string {
  const { people, isHolder } = householdOf(followUp)
  if (people < 2) return 'retire'
  return isHolder && scopeOf(form) === 'household' ? 'retire-foyer' : 'retire-seul'
}

/** How many search together, and whether the search is opened under the name of whoever reads: they speak for all. */
const householdOf = ({ row, patient }: FollowUp) => ({
  people: row.householdSize,
  isHolder: row.patientId === patient.id,
})

const dayFormat = (timeZone: string, withTime = false) =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone, ...(withTime ? { timeStyle: 'short' } : {}) })

function overviewOf(followUp: FollowUp) {
  const { row, search, registration, desk, timeZone } = followUp
  const status = statusTold(row)
  const day = dayFormat(timeZone)
  const { stillSearchingAt } = registration
  const isBooked = row.status === 'visit_booked' && search.visitAt !== null
  return {
    ...deskSaid(desk),
    title: status.title,
    status,
    reference: row.reference,
    since: day.format(row.registeredAt),
    isOpen: row.isOpen,
    ...householdOf(followUp),
    hasConsent: row.consent !== null,
    missing: row.status === 'info_requested' ? missingTold(search.missing) : [],
    visit: isBooked && search.visitAt ? dayFormat(timeZone, true).format(search.visitAt) : null,
    stillAt: stillSearchingAt ? day.format(stillSearchingAt) : null,
  }
}

function summaryOf({ patient, search, timeZone, places }: FollowUp, now: Date) {
  const [year, month, date] = patient.birthDate.split('-')
  const who = {
    birthName: patient.birthName,
    lastName: patient.lastName === patient.birthName ? '' : patient.lastName,
    firstName: patient.firstName,
    birthDateDay: date ?? '',
    birthDateMonth: month ?? '',
    birthDateYear: year ?? '',
    sex: patient.sex,
  }
  const answers = { ...who, ...answersFrom(patient, search.details) }
  const commune = places.find(({ code }) => code === patient.municipalityCode)?.name
  const parts = steps.map(({ name, title, sections }) => ({
    title,
    lines: [
      ...answersSaid(sections, answers),
      ...(name === 'vous' && commune ? [{ label: 'Commune', text: commune }] : []),
    ],
  }))
  return {
    title: 'Récapitulatif de ma demande',
    today: dayFormat(timeZone).format(now),
    // Who filled it in is kept with the coordination's own file, not in the answers of this page.
    parts: parts.filter(({ title }) => title !== steps[1]?.title),
  }
}

const consentOf = (followUp: FollowUp) => withConsent(householdOf(followUp), followUp)

const withConsent = (
  household: ReturnType<typeof householdOf>,
  { consents, notice, row, desk, timeZone }: FollowUp,
) => ({
  ...deskSaid(desk),
  ...household,
  title: 'Mon accord et mes données',
  hasConsent: row.consent !== null,
  consents: consents.map(({ at, isGiven, noticeVersion }) => ({
    at: dayFormat(timeZone, true).format(at),
    isGiven,
    noticeVersion,
  })),
  blocks: noticeBlocks(notice.text),
  noticeVersion: notice.version,
})
