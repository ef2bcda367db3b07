import { CaseParams } from '@maillage/contracts/cases'
import {
  DischargeBoard,
  DischargeBoardQuery,
  ReschedulePreview,
  ReschedulePreviewQuery,
} from '@maillage/contracts/discharges/discharge-board'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { problemsOf } from '../../../platform/http/problem-responses.ts'
import { previewReschedule } from '../reschedule/preview-reschedule.ts'
import { boardWindow } from './board-days.ts'
import { readBoard } from './discharge-board.store.ts'

const tags = ['hospital-discharges']

const board = {
  config: { access: ['coordinator'] },
  schema: {
    tags,
    summary: 'Read the discharges to come by date, with what moved since yesterday',
    querystring: DischargeBoardQuery,
    response: { 200: DischargeBoard },
  },
} as const
const preview = {
  config: { access: ['coordinator', 'hospital_staff'] },
  schema: {
    tags,
    summary: 'What moving the date would do; nothing is written',
    params: CaseParams,
    querystring: ReschedulePreviewQuery,
    response: { 200: ReschedulePreview, ...problemsOf('not-found', 'role-may-not', 'wrong-status') },
  },
} as const

/** HTTP ↔ the board of the discharges, and what moving one of them would do. */
export const dischargeBoardRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/hospital-discharges/board', board, ({ query, actor }) =>
    deps.db.transaction(actor.cptsId, async (tx) => {
      const now = deps.now()
      const { timeZone } = await loadCalendar(tx, actor.cptsId)
      const window = boardWindow(timeZone, now, query.from)
      const read = await readBoard(tx, actor, window)
      const shown = [...read.items, ...read.cancelled].map(({ id }) => id)
      await recordAudit(tx, actor, { action: 'hospital-discharge.board', at: now, shown })
      return { from: window.from, days: query.days, since: window.since.toISOString(), ...read }
    }),
  )
  app.get('/hospital-discharges/:id/reschedule-preview', preview, ({ params, query, actor }) =>
    previewReschedule(deps, actor, { ...params, ...query }),
  )
}
