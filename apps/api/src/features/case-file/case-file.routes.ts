import { CaseLinkParams, NewCaseLink } from '@maillage/contracts/case-links'
import {
  CaseFound,
  CaseHeader,
  CaseParams,
  CaseReference,
  ChangeOwner,
  ContactAttemptKept,
  NewContactAttempt,
  NewNote,
  OverridePriority,
  TimelineAddition,
  TimelineEntry,
} from '@maillage/contracts/cases'
import { NewReminder, Reminder, ReminderKept, ReminderParams } from '@maillage/contracts/coordination/reminders'
import { PageQuery, pageOf } from '@maillage/contracts/kit/page'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Actor } from '../../kernel/actor.ts'
import { getCase } from '../../kernel/case.store.ts'
import { describeCase } from '../../kernel/case-view.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { problem } from '../../platform/problem-error.ts'
import { addNote } from './add-note.ts'
import { addReminder } from './add-reminder.ts'
import { findByReference, listReminders } from './case-file.store.ts'
import { changeOwner } from './change-owner.ts'
import { finishReminder } from './finish-reminder.ts'
import { linkTwoCases, unlinkCases } from './link-cases.ts'
import { overridePriority } from './override-priority.ts'
import { readTimeline } from './read-timeline.ts'
import { recordContactAttempt } from './record-contact-attempt.ts'
import { recordPrint } from './record-print.ts'

const tags = ['cases']
const participants = { access: ['coordinator', 'practitioner', 'requester', 'hospital_staff'] } as const
const coordinators = { access: ['coordinator'] } as const
const adding = { ...participants, idempotent: true } as const
const refusals = problemsOf('not-found', 'case-changed', 'wrong-status')
const params = CaseParams

const find = {
  config: participants,
  schema: {
    tags,
    summary: 'Which case a reference names',
    querystring: CaseReference,
    response: { 200: CaseFound, ...problemsOf('not-found') },
  },
}
const story = {
  config: participants,
  schema: {
    tags,
    summary: 'Read the story of a case, oldest first',
    params,
    querystring: PageQuery,
    response: { 200: pageOf(TimelineEntry), ...problemsOf('not-found') },
  },
}
const note = {
  config: adding,
  schema: {
    tags,
    summary: 'Add a note to a case that the caller sees',
    params,
    body: NewNote,
    response: { 201: TimelineAddition, ...problemsOf('not-found') },
  },
}
const attempt = {
  config: adding,
  schema: {
    tags,
    summary: 'Keep a contact attempt and its result; the third failure suggests closing',
    params,
    body: NewContactAttempt,
    response: { 201: ContactAttemptKept, ...problemsOf('not-found') },
  },
}
const reminders = {
  config: coordinators,
  schema: {
    tags,
    summary: 'List the callbacks of a case, those to make first',
    params,
    response: { 200: pageOf(Reminder), ...problemsOf('not-found') },
  },
}
const remind = {
  config: { ...coordinators, idempotent: true },
  schema: {
    tags,
    summary: 'Set a callback',
    params,
    body: NewReminder,
    response: { 201: ReminderKept, ...problemsOf('not-found', 'wrong-status') },
  },
}
const done = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Say that a callback was made',
    params: ReminderParams,
    response: { 200: ReminderKept, ...problemsOf('not-found') },
  },
}
const owner = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Take a case, hand it over or let it go',
    params,
    body: ChangeOwner,
    response: { 200: CaseHeader, ...refusals },
  },
}
const priority = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Move a case by one band with a reason, or go back to the rules',
    params,
    body: OverridePriority,
    response: { 200: CaseHeader, ...refusals, ...problemsOf('reason-required') },
  },
}

const link = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Tie a case to another one of the same story',
    params,
    body: NewCaseLink,
    response: { 200: CaseHeader, ...problemsOf('not-found', 'case-changed') },
  },
}
const unlink = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Untie two cases',
    params: CaseLinkParams,
    response: { 200: CaseHeader, ...problemsOf('not-found') },
  },
}
const print = {
  // The page that a patient takes home is printed in the ward too.
  config: { access: ['coordinator', 'hospital_staff'] } as const,
  schema: {
    tags,
    summary: 'Say that a sheet of a case was printed',
    params,
    response: { 204: z.null(), ...problemsOf('not-found') },
  },
}

/** HTTP ↔ what every case shares, whatever its kind. */
export const caseFileRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { db } = deps
  const answer = (actor: Actor, row: CaseRow) =>
    db.read(actor.cptsId, (reader) => describeCase(reader, actor, deps.kinds, row))

  app.get('/cases', find, async ({ query, actor }) => {
    const found = await db.read(actor.cptsId, (reader) => findByReference(reader, actor, query.reference))
    if (!found) throw problem('not-found')
    return found
  })
  app.get('/cases/:id/timeline', story, (request) =>
    readTimeline(deps, request.actor, request.params.id, request.query),
  )
  app.post('/cases/:id/notes', note, async (request, reply) =>
    reply.code(201).send(await addNote(deps, request.actor, request.params.id, request.body.text)),
  )
  app.post('/cases/:id/contact-attempts', attempt, async (request, reply) =>
    reply.code(201).send(await recordContactAttempt(deps, request.actor, request.params.id, request.body)),
  )
  app.get('/cases/:id/reminders', reminders, (request) =>
    db.read(request.actor.cptsId, async (reader) => {
      const row = await getCase(reader, request.actor, request.params)
      await recordAudit(reader, request.actor, {
        action: `${row.kind}.read-reminders`,
        at: deps.now(),
        caseId: row.id,
        patientId: row.patientId,
      })
      return { items: await listReminders(reader, row), next: null }
    }),
  )
  app.post('/cases/:id/reminders', remind, async (request, reply) =>
    reply.code(201).send(await addReminder(deps, request.actor, request.params.id, request.body)),
  )
  app.post('/cases/:id/reminders/:reminderId/done', done, (request) =>
    finishReminder(deps, request.actor, request.params.id, request.params.reminderId),
  )
  app.put('/cases/:id/owner', owner, async (request) =>
    answer(request.actor, await changeOwner(deps, request.actor, request.params.id, request.body)),
  )
  app.put('/cases/:id/priority', priority, async (request) =>
    answer(request.actor, await overridePriority(deps, request.actor, request.params.id, request.body)),
  )
  app.post('/cases/:id/links', link, async (request) =>
    answer(request.actor, await linkTwoCases(deps, request.actor, request.params.id, request.body)),
  )
  app.delete('/cases/:id/links/:linkedId', unlink, async ({ actor, params: { id, linkedId } }) =>
    answer(actor, await unlinkCases(deps, actor, id, linkedId)),
  )
  app.post('/cases/:id/prints', print, async (request, reply) => {
    await recordPrint(deps, request.actor, request.params.id)
    return reply.code(204).send(null)
  })
}
