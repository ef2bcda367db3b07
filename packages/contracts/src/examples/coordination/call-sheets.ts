import type * as z from 'zod'
import type { CallSheetRecipient, SendCallSheet } from '../../coordination/call-sheets.ts'
import type { OperationExamples } from '../operation-examples.ts'
import { exampleIds, examplePhysician } from '../people.ts'

const address = 'alix.essai@medecin.mssante.example'

const recipient = {
  proposalId: exampleIds.proposal,
  practitioner: examplePhysician,
  address,
  isReachable: true,
  sendings: [
    {
      id: exampleIds.event,
      at: '2026-03-05T09:00:00.000Z',
      address,
      status: 'sent',
      sentAt: '2026-03-05T09:00:04.000Z',
    },
  ],
} as const satisfies z.input<typeof CallSheetRecipient>

/** The call sheet of a case, sent by MSSanté to whoever accepted it. */
export const callSheetExamples = {
  getCasesByIdCallSheets: { answer: { isOn: true, items: [recipient] } },
  postCasesByIdCallSheets: {
    bodies: { accepted: { proposalId: exampleIds.proposal, address } satisfies z.input<typeof SendCallSheet> },
    answer: recipient,
  },
} satisfies OperationExamples
