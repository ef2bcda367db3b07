/** What is asked of the API: a path under `/api/v1`, and a body for a write or a search. */
export interface Request {
  readonly path: string
  readonly body?: object
}

/** An operation that people do all day, and what its statements may cost. */
export interface HotOperation {
  readonly name: string
  /** The `nth` time; other people, cases and words each time. */
  ask(nth: number): Request
  /** Indexes without which it would grow with the territory. */
  readonly by: readonly string[]
  /** Rows that one statement may read beyond five for each one it gives, and sort: with the reason. */
  readonly allows?: { readonly rows: number; readonly because: string }
}

/** Some of the territory's own rows, a few of each sort. */
export interface Subjects {
  readonly searches: readonly string[]
  readonly cares: readonly string[]
  readonly discharges: readonly string[]
  readonly proposable: readonly string[]
  readonly practitioners: readonly string[]
  readonly patients: readonly string[]
  readonly names: readonly string[]
  readonly communes: readonly string[]
  /** The cursor of a page far down the queue. */
  readonly deep: readonly string[]
}

const profession = { rows: 20_000, because: 'a profession of one CPTS: two thousand people, with what they declared' }
const urgent = { rows: 200_000, because: 'every open urgent case, each with the trail that says whether it was opened' }
const late = { rows: 30_000, because: 'whatever is late for nobody in particular, counted along an index' }
const leaving = { rows: 10_000, because: 'discharges cancelled before the return home stand along the same dates' }
const offered = {
  rows: 30_000,
  because: 'the open cases of one person that wait for an answer, each with its proposals',
}
const span = { rows: 1_000, because: 'what is late within the four hours that now stands in is counted one by one' }

/** The reads of a day; one function makes them for the rows that a test found. */
export function hotReads(of: Subjects): HotOperation[] {
  const one = (list: readonly string[], nth: number): string => list[nth % list.length] ?? ''
  return [
    { name: 'the queue', by: ['cases_queue'], ask: () => ({ path: '/worklist' }) },
    {
      name: 'the queue, far down',
      by: ['cases_queue'],
      ask: (nth) => ({ path: `/worklist?cursor=${one(of.deep, nth)}` }),
    },
    {
      name: 'the queue of a kind',
      by: ['cases_queue_by_kind'],
      ask: () => ({ path: '/worklist?kind=hospital-discharge' }),
    },
    { name: 'the queue of a band', by: ['cases_queue_by_band'], ask: () => ({ path: '/worklist?band=P1' }) },
    {
      name: 'the queue of a commune',
      by: ['cases_queue_by_municipality'],
      ask: (nth) => ({ path: `/worklist?municipality=${one(of.communes, nth)}` }),
    },
    { name: 'my queue', by: ['cases_queue_by_owner'], ask: () => ({ path: '/worklist?owner=me' }) },
    { name: 'nobody’s queue', by: ['cases_queue_by_owner'], ask: () => ({ path: '/worklist?owner=none' }) },
    { name: 'what is late', by: ['cases_queue'], ask: () => ({ path: '/worklist?due=late' }) },
    {
      name: 'the queue of a name',
      by: ['patient_search_tokens_pk'],
      ask: (nth) => ({ path: '/worklist/search', body: { q: one(of.names, nth) } }),
      allows: { rows: 5_000, because: 'those whose names begin so, each with their cases' },
    },
    { name: 'the figures', by: ['cases_queue_by_kind'], ask: () => ({ path: '/worklist/counts' }), allows: span },
    {
      name: 'a search',
      by: ['cases_pk', 'gp_searches_pk', 'proposals_of_case'],
      ask: (nth) => ({ path: `/gp-searches/${one(of.searches, nth)}` }),
    },
    {
      name: 'an unscheduled care',
      by: ['cases_pk', 'unscheduled_cares_pk', 'proposals_of_case'],
      ask: (nth) => ({ path: `/unscheduled-cares/${one(of.cares, nth)}` }),
    },
    {
      name: 'a discharge',
      by: ['cases_pk', 'hospital_discharges_pk', 'discharge_needs_of_case', 'proposals_of_case'],
      ask: (nth) => ({ path: `/hospital-discharges/${one(of.discharges, nth)}` }),
    },
    {
      name: 'a story',
      by: ['case_events_story'],
      ask: (nth) => ({ path: `/cases/${one(of.searches, nth)}/timeline` }),
    },
    {
      name: 'a page of searches',
      by: ['gp_searches_pk', 'proposals_of_case'],
      ask: () => ({ path: '/gp-searches' }),
      allows: { rows: 1_000, because: 'the latest of a kind, among which some are already closed' },
    },
    {
      name: 'candidates',
      by: ['proposals_taken', 'proposals_of_practitioner'],
      ask: (nth) => ({ path: `/gp-searches/${one(of.proposable, nth)}/candidates` }),
      allows: profession,
    },
    {
      name: 'who waits for a practitioner',
      by: ['cases_proposable'],
      ask: (nth) => ({ path: `/practitioners/${one(of.practitioners, nth)}/waiting-patients` }),
      allows: { rows: 1_500, because: 'two hundred people at a time, of whom a page suits the practitioner' },
    },
    {
      name: 'the activity of a practitioner',
      by: ['practitioners_pk', 'proposals_of_practitioner'],
      ask: (nth) => ({ path: `/practitioners/${one(of.practitioners, nth)}/activity` }),
      allows: { rows: 500, because: 'all that one person was ever offered' },
    },
    { name: 'the directory', by: ['practitioners_name'], ask: () => ({ path: '/practitioners' }), allows: profession },
    {
      name: 'the directory by name',
      by: ['practitioners_name'],
      ask: (nth) => ({ path: `/practitioners?q=${encodeURIComponent(one(of.names, nth))}` }),
      allows: profession,
    },
    {
      name: 'a directory entry',
      by: ['practitioners_pk'],
      ask: (nth) => ({ path: `/practitioners/${one(of.practitioners, nth)}` }),
    },
    {
      name: 'the need by commune',
      by: ['proposals_taken', 'cases_proposable'],
      ask: () => ({ path: '/territory/needs' }),
      allows: { rows: 60_000, because: 'a map: everybody who waits and everybody who practises, counted by commune' },
    },
    {
      name: 'proposals',
      by: ['proposals_by_status', 'proposals_pk', 'cases_pk', 'patients_pk'],
      ask: () => ({ path: '/proposals' }),
      allows: { rows: 1_000, because: 'the latest of each status, of which a page is kept' },
    },
    {
      name: 'the home page',
      by: ['cases_urgent', 'proposals_answered', 'hospital_discharges_to_come'],
      ask: () => ({ path: '/home' }),
      allows: urgent,
    },
    {
      name: 'what is late for me',
      by: ['cases_queue_by_owner'],
      ask: () => ({ path: '/home/late' }),
      allows: late,
    },
    {
      name: 'a hand-over',
      by: ['cases_offered', 'case_events_written'],
      ask: () => ({ path: '/hand-over' }),
      allows: offered,
    },
    {
      name: 'the board of the discharges',
      by: ['hospital_discharges_to_come', 'cases_pk', 'discharge_needs_of_case'],
      ask: () => ({ path: '/hospital-discharges/board' }),
      allows: leaving,
    },
    {
      name: 'a patient',
      by: ['patients_pk', 'cases_by_patient'],
      ask: (nth) => ({ path: `/patients/${one(of.patients, nth)}` }),
    },
    {
      name: 'patients by name',
      by: ['patient_search_tokens_pk', 'cases_by_patient'],
      ask: (nth) => ({ path: '/patients/search', body: { q: one(of.names, nth) } }),
      allows: { rows: 5_000, because: 'those whose names begin so, sorted as French dictionaries do' },
    },
  ]
}
