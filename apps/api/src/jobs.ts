import { CptsId, ProposalId, RevalidationCampaignId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { CronItem, JobHelpers, TaskList } from 'graphile-worker'
import * as z from 'zod'
import { cleanUp } from './clean-up.ts'
import { tellUnread } from './features/alerts/tell-unread.ts'
import { findDuplicates } from './features/duplicates/find-duplicates.ts'
import { openImportedGpSearch } from './features/gp-search/open-gp-search.ts'
import { recomputePriorities } from './features/gp-search/recompute-priorities.ts'
import { revalidationDoor } from './features/gp-search/revalidation-door.ts'
import { closeUnanswered, resumeSearches } from './features/gp-search/tend-searches.ts'
import { escalateDischarges } from './features/hospital-discharge/watch/escalate-discharges.ts'
import { listCptsWithAgreements } from './features/partners/agreement.store.ts'
import { askPartners } from './features/partners/ask-partners.ts'
import { tellAgreements } from './features/partners/tell-agreements.ts'
import { askConfirmations } from './features/practitioners/card/ask-confirmations.ts'
import { listDirectories } from './features/practitioners/card/confirmation.store.ts'
import { expireProposal } from './features/proposals/expire-proposal.ts'
import { listOverdue, type Overdue, overdueBatch } from './features/proposals/list-overdue.ts'
import { listCptsAsking } from './features/revalidation/revalidation.store.ts'
import { runCampaign } from './features/revalidation/run-campaign.ts'
import { startAskings } from './features/revalidation/start-askings.ts'
import { takeSteps } from './features/revalidation/take-steps.ts'
import { extendSeries } from './features/slots/extend-series.ts'
import { listCptsWithSeries } from './features/slots/slot-publishing.store.ts'
import { watchUnscheduledCares } from './features/unscheduled-care/watch-unscheduled-cares.ts'
import { runImport } from './features/waiting-list-import/desk/run-import.ts'
import { takeOverLists } from './features/waiting-list-import/desk/take-over-lists.ts'
import { runUndo } from './features/waiting-list-import/desk/undo-run.ts'
import { type DueCpts, listCptsToCompare, listCptsWithSearches, listDueCpts } from './kernel/tending/due-cpts.ts'
import { type NoticeJobDeps, noticeJobs } from './notice-jobs.ts'
import type { Job } from './platform/jobs/in-turn.ts'
import { alone, eachInTurn } from './platform/jobs/in-turn.ts'
import { inBatches, type Pace, restingAsLong } from './platform/jobs/pace.ts'
import { referenceMunicipalities } from './reference/find-municipality.ts'
import { trailJobs } from './trail-jobs.ts'

const ImportJob = z.object({ cptsId: CptsId, importId: WaitingListImportId })
const CampaignJob = z.object({ cptsId: CptsId, campaignId: RevalidationCampaignId })
const ProposalJob = z.object({ cptsId: CptsId, proposalId: ProposalId })

const often = { backfillPeriod: 0, maxAttempts: 1, jobKeyMode: 'replace' } as const
const nightly = { backfillPeriod: 12 * 3600 * 1000, jobKeyMode: 'replace' } as const

/** What the timetable runs; each task does its work in short transactions and may run twice without harm. */
export const timetable: readonly CronItem[] = [
  { task: 'tend-cases', match: '* * * * *', options: { ...often, jobKey: 'tend-cases' } },
  { task: 'tell-unread', match: '* * * * *', options: { ...often, jobKey: 'tell-unread' } },
  { task: 'tell-every-unread', match: '*/15 * * * *', options: { ...often, jobKey: 'tell-every-unread' } },
  { task: 'deliver-notices', match: '* * * * *', options: { ...often, jobKey: 'deliver-notices' } },
  { task: 'close-unanswered', match: '20 * * * *', options: { ...often, jobKey: 'close-unanswered' } },
  { task: 'seal-audit', match: '* * * * *', options: { ...often, jobKey: 'seal-audit' } },
  { task: 'tell-readings', match: '* * * * *', options: { ...often, jobKey: 'tell-readings' } },
  { task: 'watch-readings', match: '* * * * *', options: { ...often, jobKey: 'watch-readings' } },
  { task: 'find-duplicates', match: '*/5 * * * *', options: { ...often, jobKey: 'find-duplicates' } },
  { task: 'recompute-priorities', match: '10 2 * * *', options: { ...nightly, jobKey: 'recompute-priorities' } },
  { task: 'extend-slots', match: '30 2 * * *', options: { ...nightly, jobKey: 'extend-slots' } },
  { task: 'start-revalidations', match: '50 2 * * *', options: { ...nightly, jobKey: 'start-revalidations' } },
  { task: 'step-revalidations', match: '*/10 * * * *', options: { ...often, jobKey: 'step-revalidations' } },
  { task: 'tell-agreements', match: '10 7 * * *', options: { ...nightly, jobKey: 'tell-agreements' } },
  { task: 'ask-confirmations', match: '30 7 * * *', options: { ...nightly, jobKey: 'ask-confirmations' } },
  { task: 'forget-trail', match: '0 3 * * *', options: { ...nightly, jobKey: 'forget-trail' } },
  { task: 'clean-up', match: '40 2 * * *', options: { ...nightly, jobKey: 'clean-up' } },
]

/** What jobs need beside what acts do: a way out for messages, the address that they name, and whom to tell how far they went. */
export interface JobDeps extends NoticeJobDeps {
  /** Told of what long jobs did: counts and ids, never a name. */
  onProgress(job: string, counts: Readonly<Record<string, number | string>>): void
}

/** The jobs of every slice, one line each: the API's acts under the system's name, one CPTS at a time. */
export function tasksOf(deps: JobDeps): TaskList {
  const { owner } = deps
  const jobs: Record<string, Job> = {
    'expire-proposal': (payload) => {
      const { cptsId, proposalId } = ProposalJob.parse(payload)
      return expireProposal(deps, cptsId, proposalId)
    },
    'check-reconfirmation': (payload, pace) => escalateDischarges(deps, ProposalJob.parse(payload).cptsId, pace),
    'run-waiting-list-import': (payload, pace) => runList(deps, ImportJob.parse(payload), pace),
    ...noticeJobs(deps),
    'tend-cases': alone(deps, 'tend-cases', (pace) => tendCases(deps, pace)),
    'tell-unread': alone(deps, 'tell-unread', async (pace) => {
      const openedSince = new Date(deps.now().getTime() - recentMs)
      const due = (await dueCpts(deps)).filter(({ hasUrgentCases }) => hasUrgentCases)
      await eachInTurn(due, ({ id }) => tellUnread(deps, id, { pace, openedSince }), pace)
    }),
    'tell-every-unread': alone(deps, 'tell-every-unread', async (pace) => {
      const due = (await dueCpts(deps)).filter(({ hasUrgentCases }) => hasUrgentCases)
      await eachInTurn(due, ({ id }) => tellUnread(deps, id, { pace }), pace)
    }),
    'close-unanswered': alone(deps, 'close-unanswered', async (pace) =>
      eachInTurn(await owner.transaction(listCptsWithSearches), (id) => closeUnanswered(deps, id, pace), pace),
    ),
    'find-duplicates': alone(deps, 'find-duplicates', async (pace) =>
      eachInTurn(await owner.transaction(listCptsToCompare), (id) => findDuplicates(deps, id, pace), pace),
    ),
    'recompute-priorities': alone(deps, 'recompute-priorities', (pace) => recomputeAll(deps, pace)),
    'extend-slots': alone(deps, 'extend-slots', async (pace) =>
      eachInTurn(await owner.transaction(listCptsWithSeries), (id) => extendSeries(deps, id, pace), pace),
    ),
    ...jobsOverMonths(deps),
    ...trailJobs(deps),
    'ask-confirmations': alone(deps, 'ask-confirmations', async (pace) =>
      eachInTurn(
        await owner.transaction(listDirectories),
        async (id) => {
          await askConfirmations(deps, id, pace)
          await askPartners(deps, id)
        },
        pace,
      ),
    ),
    'clean-up': alone(deps, 'clean-up', (pace) => cleanUp(owner, pace, deps.now())),
  }
  return Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      async (payload: unknown, helpers: Partial<Pick<JobHelpers, 'abortSignal'>>) => {
        await job(payload, restingAsLong(helpers.abortSignal))
      },
    ]),
  )
}

/** What comes back after months: agreements to renew, and those who wait, asked whether they still search. */
const jobsOverMonths = (deps: JobDeps): Record<string, Job> => ({
  'tell-agreements': alone(deps, 'tell-agreements', async (pace) =>
    eachInTurn(await deps.owner.transaction(listCptsWithAgreements), (id) => tellAgreements(deps, id), pace),
  ),
  'start-revalidations': alone(deps, 'start-revalidations', async (pace) =>
    eachInTurn(await deps.owner.transaction(listCptsWithSearches), (id) => startAskings(deps, id, pace), pace),
  ),
  // A campaign's first messages leave at once; the others, as those that go on by themselves, within ten minutes.
  'run-campaign': (payload, pace) =>
    runCampaign({ ...deps, searches: revalidationDoor }, CampaignJob.parse(payload), pace),
  'step-revalidations': alone(deps, 'step-revalidations', async (pace) => {
    const asking = { ...deps, searches: revalidationDoor }
    await eachInTurn(await deps.owner.transaction(listCptsAsking), (id) => takeSteps(asking, id, pace), pace)
  }),
})

/** Urgent cases opened lately are looked at each minute, all of them each quarter of an hour. */
const recentMs = 24 * 3_600_000

const dueCpts = ({ owner, now }: JobDeps): Promise<DueCpts[]> => owner.transaction((tx) => listDueCpts(tx, now()))

async function tendCases(deps: JobDeps, pace: Pace): Promise<void> {
  const due = await dueCpts(deps)
  const steps = [
    () => expireOverdue(deps, pace),
    ...due.flatMap(({ id, hasRestedSearches, hasWaitingCares, hasDischarges }) => [
      ...(hasRestedSearches ? [() => resumeSearches(deps, id, pace)] : []),
      ...(hasWaitingCares ? [() => watchUnscheduledCares(deps, id, pace)] : []),
      ...(hasDischarges ? [() => escalateDischarges(deps, id, pace)] : []),
    ]),
    () => deps.owner.transaction((tx) => takeOverLists(tx, deps.now())),
  ]
  await eachInTurn(steps, (step) => step(), pace)
}

/** Should the job of one proposal have been lost, its silence is seen within a minute all the same. */
async function expireOverdue(deps: JobDeps, pace: Pace): Promise<void> {
  const failures: unknown[] = []
  let after: Overdue | undefined
  await inBatches(pace, async () => {
    const overdue = await deps.owner.transaction((tx) => listOverdue(tx, deps.now(), after))
    for (const { cptsId, id } of overdue)
      await expireProposal(deps, cptsId, id).catch((error: unknown) => failures.push(error))
    after = overdue.at(-1)
    return overdue.length === overdueBatch
  })
  if (failures.length > 0) throw new AggregateError(failures, 'Some proposals could not expire')
}

/** Tells how far it went at most this often. */
const progressEvery = 50_000

async function recomputeAll(deps: JobDeps, pace: Pace): Promise<void> {
  const tell = (cptsId: CptsId, counts: Record<string, number>) =>
    deps.onProgress('recompute-priorities', { cptsId, ...counts })
  const recompute = async (cptsId: CptsId): Promise<void> => {
    let told = 0
    const done = await recomputePriorities(deps, cptsId, {
      pace,
      onBatch: ({ seen, changed }) => {
        if (seen - told < progressEvery) return
        told = seen
        tell(cptsId, { seen, changed })
      },
    })
    tell(cptsId, { ...done })
  }
  await eachInTurn(await deps.owner.transaction(listCptsWithSearches), recompute, pace)
  // The queue tries again what was cut; points already right are not written twice.
  if (pace.isStopped()) throw new Error('The recomputation was stopped before its end')
}

/** How many lists are run at once, whatever the number of processes: people wait for the next one, not for the screens. */
const listPlaces = ['waiting-list:1', 'waiting-list:2'] as const

/** Imports a list, or takes it back, whichever was asked; one that finds no place is taken up within a minute. */
async function runList(deps: JobDeps, job: z.infer<typeof ImportJob>, pace: Pace): Promise<void> {
  const { owner, now } = deps
  const { cptsId } = job
  const run = async (): Promise<void> => {
    await runImport(deps, {
      ...job,
      pace,
      municipalities: referenceMunicipalities,
      open: (search, keepTrace) => openImportedGpSearch(deps, cptsId, search, keepTrace),
    })
    await runUndo({ owner, pace, now, ...job })
  }
  for (const place of listPlaces) if (await owner.alone(place, run)) return
}
