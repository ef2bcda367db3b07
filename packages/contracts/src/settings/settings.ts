import * as z from 'zod'
import { Instant } from '../kit/dates.ts'

/** A whole number that a CPTS may set between two bounds; `standard` is the product's, in force until somebody sets one. */
export interface SettingBounds {
  readonly min: number
  readonly max: number
  readonly standard: number
}

/**
 * What a CPTS may set for itself. Another part of the product adds a line here and reads it with `kernel/settings`: the
 * table and the screen follow.
 */
export const settings = {
  /** How long a slot is kept aside while the patient is phoned, in minutes: the product's default. */
  'slot-hold-minutes': { min: 5, max: 60, standard: 15 },
  /** How far ahead the slots of a series are written, in days. */
  'slot-horizon-days': { min: 14, max: 182, standard: 56 },
  /** Visits a week past which a physician's load is pointed out; 20 is the convention's cap (2022). Never a refusal. */
  'slot-week-cap': { min: 1, max: 60, standard: 20 },
  /** Days of silence after which somebody who waits is asked whether they still search (domain notes D7). */
  'revalidation-every-days': { min: 30, max: 365, standard: 90 },
  /** How often they are asked before the grace: three leaves room for two channels, and for a call. */
  'revalidation-attempts': { min: 3, max: 6, standard: 3 },
  /** Days between two attempts. */
  'revalidation-gap-days': { min: 3, max: 30, standard: 7 },
  /** Days between the last attempt and the closing. */
  'revalidation-grace-days': { min: 7, max: 120, standard: 30 },
  /** Different patients whose files one account opens within an hour before it is to be explained; 0 = never. */
  'reading-alert-hour-files': { min: 0, max: 500, standard: 60 },
  /** The same within a day. */
  'reading-alert-day-files': { min: 0, max: 2000, standard: 200 },
  /**
   * Different patients whom lists and searches name to one account within a day. A queue that stays open, read again all
   * day, names the same people: this is all of a long list gone through.
   */
  'reading-alert-day-listed': { min: 0, max: 20_000, standard: 1500 },
  /** Different patients whose files are opened at night, outside the hours below and those of the CPTS; 0 = never. */
  'reading-alert-night-files': { min: 0, max: 200, standard: 5 },
  /** The same on a day when the CPTS is closed, within those hours. */
  'reading-alert-closed-files': { min: 0, max: 200, standard: 15 },
  /** From when to when, on the clock of the CPTS, a reading is no surprise. */
  'reading-hours-from': { min: 0, max: 12, standard: 7 },
  'reading-hours-to': { min: 13, max: 24, standard: 21 },
  /** How long such an alert is kept, in months. */
  'reading-alert-months': { min: 1, max: 12, standard: 6 },
  /** How long the trail is kept, in months: three years at most is what the CNIL admits for internal control (B7). */
  'audit-months': { min: 6, max: 36, standard: 36 },
} as const satisfies Record<string, SettingBounds>

export type SettingName = keyof typeof settings
// Object.keys loses the literal keys; the catalogue is the source.
export const settingNames = Object.keys(settings) as [SettingName, ...SettingName[]]

export const Setting = z.object({
  name: z.enum(settingNames),
  /** In force. */
  value: z.int(),
  standard: z.int(),
  min: z.int(),
  max: z.int(),
  /** Set by this CPTS rather than the product's own. */
  isSet: z.boolean(),
  changedAt: Instant.nullable(),
  changedBy: z.string().nullable(),
  /** 0 while nobody ever set it. */
  version: z.int(),
})
export type Setting = z.infer<typeof Setting>

export const Settings = z.object({ items: z.array(Setting) })
export type Settings = z.infer<typeof Settings>

export const SettingParams = z.object({ name: z.enum(settingNames) })

/** Null: the product's own again. The bounds are each setting's: past them, `invalid-field` on `/value`. */
export const ChangeSetting = z.strictObject({ value: z.int().nullable(), version: z.int().min(0) })
export type ChangeSetting = z.infer<typeof ChangeSetting>
