import * as z from 'zod'
import { NewNeed } from '../discharge-needs.ts'
import { Checklist } from '../hospital-discharge.ts'
import { Instant } from '../kit/dates.ts'
import { TemplateId, UnitId } from '../kit/ids.ts'

const aYearInHours = 8760

/** A need as a ward usually asks for it: hours are counted from the discharge, and nobody is named. */
export const TemplateNeed = NewNeed.omit({ startAt: true, endAt: true, preferredPractitionerId: true }).extend({
  startsAfterHours: z.int().min(-72).max(aYearInHours),
  lastsHours: z.int().min(1).max(aYearInHours).optional(),
})
export type TemplateNeed = z.infer<typeof TemplateNeed>

/** What a ward starts from: its usual needs and its usual answers to the check-list. Never a patient. */
export const NewDischargeTemplate = z.strictObject({
  unitId: UnitId,
  name: z.string().trim().min(1).max(80),
  needs: z.array(TemplateNeed).min(1).max(15),
  checklist: Checklist,
})
export type NewDischargeTemplate = z.infer<typeof NewDischargeTemplate>

export const ChangeDischargeTemplate = NewDischargeTemplate.omit({ unitId: true }).extend({
  version: z.int().min(1),
})
export type ChangeDischargeTemplate = z.infer<typeof ChangeDischargeTemplate>

export const TemplateParams = z.object({ id: TemplateId })
export const DeleteTemplateQuery = z.object({ version: z.coerce.number().int().min(1) })

export const DischargeTemplate = NewDischargeTemplate.extend({
  id: TemplateId,
  unitName: z.string(),
  version: z.int(),
  updatedAt: Instant,
})
export type DischargeTemplate = z.infer<typeof DischargeTemplate>

export const DischargeTemplates = z.object({ items: z.array(DischargeTemplate) })
