import { CptsId, ProposalId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import type { CronItem, TaskList } from 'graphile-worker'
import * as z from 'zod'
import { sendUnreadMail } from './features/alerts/send-unread-mail.ts'
import { tellUnread } from './features/alerts/tell-unread.ts'
import { openImportedGpSearch } from './features/gp-search/open-gp-search.ts'
import { recomputePriorities } from './features/gp-search/recompute-priorities.ts'
import { tendSearches } from './features/gp-search/tend-searches.ts'
import { escalateDischarges } from './features/hospital-discharge/escalate-discharges.ts'
import { expireProposal } from './features/proposals/expire-proposal.ts'
import { watchUnscheduledCares } from './features/unscheduled-care/watch-unscheduled-cares.ts'
import { runImport } from './features/waiting-list-import/desk/run-import.ts'
import { runUndo } from './features/waiting-list-import/desk/undo-run.ts'
import { act } from './kernel/act.ts'
import { systemActor } from './kernel/actor.ts'
import type { Deps } from './kernel/context.ts'
import { sealAudit } from './kernel/record/seal-audit.ts'
import { asOwner } from './platform/db/as-owner.ts'
import type { Mailer } from './platform/mail/mailer.ts'
import { referenceMunicipalities } from './reference/find-municipality.ts'

const ImportJob = z.object({ cptsId: CptsId, importId: WaitingListImportId })
const ProposalJob = z.object({ cptsId: CptsId, proposalId: ProposalId })

/** What the timetable runs; each task does its work in short transactions and may run twice without harm. */
export const timetable: readonly CronItem[] = [
  { task: 'tend-cases', match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 1 } },
  { task: 'tell-unread', match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 1 } },
  { task: 'seal-audit', match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 1 } },
  { task: 'recompute-priorities', match: '10 2 * * *', options: { backfillPeriod: 12 * 3600 * 1000 } },
  { task: 'clean-up', match: '40 2 * * *', options: { backfillPeriod: 12 * 3600 * 1000 } },
]

/** What jobs need beside what acts do: a way out for messages, and the address that they name. */
export interface JobDeps extends Deps {
  readonly mailer: Mailer
  readonly publicUrl: string
}

/** The jobs of every slice, one line each: the API's acts under the system's name, one CPTS at a time. */
export function tasksOf(deps: JobDeps, ownerUrl: string): TaskList {
  const everyCpts = async (work: (cptsId: CptsId) => Promise<unknown>): Promise<void> =>
    eachInTurn(await listCpts(ownerUrl), work)
  return {
    'expire-proposal': async (payload) => {
      const { cptsId, proposalId } = ProposalJob.parse(payload)
      await expireProposal(deps, cptsId, proposalId)
    },
    'check-reconfirmation': async (payload) => {
      const { cptsId } = ProposalJob.parse(payload)
      await act(deps, systemActor(cptsId), escalateDischarges)
    },
    'run-waiting-list-import': (payload) => runList(deps, ownerUrl, ImportJob.parse(payload)),
    'tend-cases': () =>
      eachInTurn(
        [
          () => expireOverdue(deps, ownerUrl),
          () => everyCpts((cptsId) => tendSearches(deps, cptsId)),
          () => everyCpts((cptsId) => act(deps, systemActor(cptsId), watchUnscheduledCares)),
          () => everyCpts((cptsId) => act(deps, systemActor(cptsId), escalateDischarges)),
          () => takeOverLists(deps, ownerUrl),
        ],
        (step) => step(),
      ),
    'tell-unread': () => everyCpts((cptsId) => act(deps, systemActor(cptsId), tellUnread)),
    'send-unread-mail': async (payload) => {
      await sendUnreadMail(deps, payload)
    },
    'recompute-priorities': () => everyCpts((cptsId) => recomputePriorities(deps, cptsId)),
    'seal-audit': () => everyCpts((cptsId) => asOwner(ownerUrl, (tx) => sealAudit(tx, cptsId, deps.now()))),
    'clean-up': () => cleanUp(ownerUrl, deps.now()),
  }
}

/** What fails in one CPTS must not leave the others untended: every one has its turn, then the failures are told. */
async function eachInTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const item of items) await work(item).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, 'Some of the work could not be done')
}

const listCpts = (ownerUrl: string): Promise<CptsId[]> =>
  asOwner(ownerUrl, async (tx) => {
    const { rows } = await tx.execute<{ id: CptsId }>(sql`select id from cpts order by id`)
    return rows.map(({ id }) => id)
  })

/** Should the job of one proposal have been lost, its silence is seen within a minute all the same. */
async function expireOverdue(deps: Deps, ownerUrl: string): Promise<void> {
  const overdue = await asOwner(ownerUrl, async (tx) => {
    const { rows } = await tx.execute<{ cpts_id: CptsId; id: ProposalId }>(
      sql`select cpts_id, id from proposals where status = 'pending' and expires_at <= ${deps.now().toISOString()} order by expires_at limit 500`,
    )
    return rows
  })
  await eachInTurn(overdue, ({ cpts_id: cptsId, id }) => expireProposal(deps, cptsId, id))
}

/** Imports a list, or takes it back, whichever was asked; a job that comes twice finds nothing left to do. */
async function runList(deps: Deps, ownerUrl: string, job: z.infer<typeof ImportJob>): Promise<void> {
  const { cptsId } = job
  await runImport(deps, {
    ...job,
    municipalities: referenceMunicipalities,
    open: (search, keepTrace) => openImportedGpSearch(deps, cptsId, search, keepTrace),
  })
  await runUndo({ ownerUrl, now: deps.now(), ...job })
}

/** A list whose process died is gone on with, within a minute or two. */
async function takeOverLists(deps: Deps, ownerUrl: string): Promise<void> {
  const left = await asOwner(ownerUrl, async (tx) => {
    const { rows } = await tx.execute<{ cpts_id: CptsId; id: WaitingListImportId }>(
      sql`select cpts_id, id from waiting_list_imports where status in ('running', 'undoing')
        and (beat_at is null or beat_at < ${deps.now().toISOString()}::timestamptz - interval '1 minute') limit 50`,
    )
    return rows
  })
  await eachInTurn(left, ({ cpts_id: cptsId, id: importId }) => runList(deps, ownerUrl, { cptsId, importId }))
}

/** What is kept for a time only: answers for a day, drafts and lists given for seven days, taken outbox rows for seven, ended sessions for thirty. */
const cleanUp = (ownerUrl: string, now: Date): Promise<void> =>
  asOwner(ownerUrl, async (tx) => {
    const at = now.toISOString()
    await tx.execute(sql`delete from idempotency_keys where created_at < ${at}::timestamptz - interval '1 day'`)
    await tx.execute(sql`delete from drafts where saved_at < ${at}::timestamptz - interval '7 days'`)
    await tx.execute(sql`delete from outbox where taken_at < ${at}::timestamptz - interval '7 days'`)
    await tx.execute(sql`delete from refresh_tokens where expires_at < ${at}::timestamptz - interval '30 days'`)
    await tx.execute(
      sql`delete from waiting_list_imports where status = 'draft' and created_at < ${at}::timestamptz - interval '7 days'`,
    )
    await tx.execute(
      sql`update waiting_list_imports set content = null where content is not null and finished_at < ${at}::timestamptz - interval '7 days'`,
    )
    await tx.execute(sql`update waiting_list_import_lines l set refusals = '[]' from waiting_list_imports i
      where i.cpts_id = l.cpts_id and i.id = l.import_id and l.refusals <> '[]' and i.content is null`)
    await tx.execute(sql`delete from sign_in_attempts where last_at < ${at}::timestamptz - interval '1 day'`)
  })
