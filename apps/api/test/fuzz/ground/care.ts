import { aHealthNumber } from '../../builders/a-health-number.ts'
import { listAt, numberAt, objectAt, textAt } from '../json.ts'
import type { Ground } from './stage.ts'

const lastOf = (url: string): string => decodeURIComponent(url.split('?')[0]?.split('/').at(-1) ?? '')

/** A patient whose number is recorded, so that it can be read in full. */
const reveal: Ground = async (stage, caller) => {
  const { random, pool } = stage.world
  const known = pool.known(caller.name, 'patient')
  if (caller.role !== 'coordinator' || known.length === 0) return undefined
  const { id } = random.pick(known)
  const { body: identity } = await stage.ask('getPatientsByIdIdentity', caller, { named: { id } })
  const version = numberAt(identity, 'version')
  if (version === undefined) return undefined
  if (textAt(identity, 'ending') === undefined) {
    const nationalHealthId = { ...aHealthNumber(random.between(1, 999)) }
    await stage.ask('putPatientsByIdIdentity', caller, {
      named: { id },
      body: { status: 'qualified', nationalHealthId, version },
    })
  }
  return { named: { id } }
}

const explain: Ground = async (stage, caller) => {
  if (caller.role !== 'administrator') return undefined
  const { body } = await stage.ask('getReadingAlerts', caller, { query: 'limit=50' })
  const alerts = listAt(body, 'items')
  if (alerts.length === 0) return undefined
  const alert = stage.world.random.pick(alerts)
  const note = stage.world.random.chance(0.7) ? 'Convenu en équipe : relecture de la liste 🙂' : null
  return { named: { id: textAt(alert, 'id') ?? '' }, body: { note, version: numberAt(alert, 'version') ?? 1 } }
}

/** Who is to be written to, for want of a telephone. */
const letters: Ground = async (stage, caller) => {
  if (caller.role !== 'coordinator') return undefined
  const waiting = async (): Promise<string[]> => {
    const { body } = await stage.ask('getRevalidations', caller, { query: 'channel=letter' })
    return listAt(body, 'items').flatMap((one) => textAt(one, 'id') ?? [])
  }
  let ids = await waiting()
  if (ids.length === 0) {
    await stage.ask('postRevalidationCampaigns', caller, { body: {} })
    await stage.errands.deliver()
    ids = await waiting()
  }
  return ids.length === 0 ? undefined : { body: { ids: ids.slice(0, stage.world.random.between(1, 3)) } }
}

const draft: Ground = async (stage, caller) => {
  const { url, status } = await stage.ask('putDraftsByForm', caller)
  return status === 200 ? { named: { form: lastOf(url) } } : undefined
}

const messagesRead: Ground = async (stage, caller) => {
  const written = await stage.ask('postCasesByIdMessages', caller)
  const [id] = written.params
  if (written.status >= 300 || id === undefined) return undefined
  const { body } = await stage.ask('getCasesByIdMessages', caller, { named: { id } })
  const upTo = textAt(listAt(body, 'items').at(-1), 'id')
  return id === undefined || upTo === undefined ? undefined : { named: { id }, body: { upTo } }
}

/** The last place is taken, and another asks for it. */
const lastPlace: Ground = async (stage, caller) => {
  const id = caller.own.get('practitioner')
  if (caller.role !== 'practitioner' || id === undefined || stage.world.random.chance(0.5)) return undefined
  const { body } = await stage.ask('getPractitionersByIdIntakeCapacity', caller, { named: { id } })
  const version = numberAt(body, 'version') ?? 1
  const declared = { places: 1, municipalities: [], accepts: objectAt(body, 'accepts'), version }
  await stage.ask('putPractitionersByIdIntakeCapacity', caller, { named: { id }, body: declared })
  await stage.ask('postProposalsByIdAcceptance', caller)
  return undefined
}

/** Two records that are alike, as they were compared. */
const merge: Ground = async (stage, caller) => {
  const { random } = stage.world
  const pairs = listAt((await stage.ask('getDuplicates', caller, { query: 'status=suspected' })).body, 'items')
  const id = pairs.length > 0 ? textAt(random.pick(pairs), 'id') : undefined
  if (id === undefined) return undefined
  const { body } = await stage.ask('getDuplicatesById', caller, { named: { id } })
  const [kept, other] = random.shuffle(listAt(body, 'records'))
  const [keptId, version] = [textAt(kept, 'id'), numberAt(body, 'version')]
  if (keptId === undefined || version === undefined) return undefined
  const seen = [numberAt(kept, 'version') ?? 1, numberAt(other, 'version') ?? 1]
  const searches = listAt(body, 'openSearches')
  const mine = searches.find((one) => textAt(one, 'patientId') === keptId)
  const keptSearchId = textAt(mine, 'id')
  return {
    named: { id },
    body: {
      version,
      keptId,
      seen,
      fromOther: random.chance(0.5) ? ['email'] : [],
      ...(keptSearchId && searches.length > 1 ? { keptSearchId } : {}),
    },
  }
}

/** A calendar that may be read without an account, by whoever holds its address. */
const calendar: Ground = async (stage) => {
  const practitioner = stage.callers.find(({ role }) => role === 'practitioner')
  if (!practitioner) return undefined
  const { body } = await stage.ask('postPractitionersByIdCalendarFeed', practitioner)
  const token = /calendars\/([\w-]+)\.ics/.exec(textAt(body, 'url') ?? '')?.[1]
  return token === undefined ? undefined : { named: { token } }
}

/** What was just made by one operation is acted upon by another, by whoever made it. */
const made =
  (operation: string, nameOf: (id: string, params: readonly string[]) => Readonly<Record<string, string>>): Ground =>
  async (stage, caller) => {
    if (stage.world.random.chance(0.4)) return undefined
    const { body, params, status } = await stage.ask(operation, caller)
    const id = textAt(body, 'id')
    return status < 300 && id !== undefined ? { named: nameOf(id, params) } : undefined
  }

const byId = (id: string): Readonly<Record<string, string>> => ({ id })
const under =
  (name: string) =>
  (id: string, [holder = '']: readonly string[]): Readonly<Record<string, string>> => ({ id: holder, [name]: id })

/** Work on cases, people and the directory that chance alone seldom leads to. */
export const careGrounds: Readonly<Record<string, Ground>> = {
  postPatientsByIdIdentityReveal: reveal,
  putReadingAlertsByIdExplanation: explain,
  postRevalidationLetters: letters,
  getDraftsByForm: draft,
  putCasesByIdMessagesReading: messagesRead,
  postDuplicatesByIdMerge: merge,
  postProposalsByIdAcceptance: lastPlace,
  getCalendarsByTokenIcs: calendar,
  deleteCoordinatorAbsencesById: made('postCoordinatorAbsences', byId),
  putSavedViewsById: made('postSavedViews', byId),
  deleteSavedViewsById: made('postSavedViews', byId),
  putTeamsById: made('postTeams', byId),
  postTeamsByIdClosing: made('postTeams', byId),
  deletePractitionersByIdAbsencesByAbsenceId: made('postPractitionersByIdAbsences', under('absenceId')),
  postPractitionersByIdAbsencesByAbsenceIdRemoval: made('postPractitionersByIdAbsences', under('absenceId')),
  putPractitionersByIdSlotSeriesBySeriesId: made('postPractitionersByIdSlotSeries', under('seriesId')),
  postPractitionersByIdSlotSeriesBySeriesIdEnd: made('postPractitionersByIdSlotSeries', under('seriesId')),
  postPractitionersByIdSlotSeriesBySeriesIdWithdrawal: made('postPractitionersByIdSlotSeries', under('seriesId')),
}
