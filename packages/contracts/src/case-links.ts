import * as z from 'zod'
import { Reference, Version } from './cases.ts'
import { CaseId } from './kit/ids.ts'

/** Ties a case to another one of the same story, named as people name it. */
export const NewCaseLink = z.strictObject({
  reference: z.string().trim().toUpperCase().pipe(Reference),
  version: Version,
})

export const CaseLinkParams = z.object({ id: CaseId, linkedId: CaseId })
