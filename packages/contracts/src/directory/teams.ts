import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import { InseeCode, Phone } from '../kit/identifiers.ts'
import { PractitionerId, TeamId } from '../kit/ids.ts'
import { Profession } from '../professions.ts'

/** Maison de santé pluriprofessionnelle, centre de santé, équipe de soins primaires, cabinet de groupe. */
export const teamKinds = ['msp', 'health-centre', 'primary-care-team', 'group-practice'] as const
export const TeamKind = z.enum(teamKinds)
export type TeamKind = z.infer<typeof TeamKind>

/** A team of the territory with its members. Its places, where it counts some, stand for those of each member. */
export const Team = z.object({
  id: TeamId,
  kind: TeamKind,
  name: z.string(),
  line: z.string().nullable(),
  municipality: z.object({ code: z.string(), name: z.string() }),
  phone: z.string().nullable(),
  /** Null: the team counts none, or the reader may not see places. */
  places: z.int().nullable(),
  remaining: z.int().nullable(),
  placesDeclaredAt: Instant.nullable(),
  members: z.array(
    z.object({
      id: PractitionerId,
      displayName: z.string(),
      profession: Profession,
      /** Designated by the team: may declare its places. */
      keeps: z.boolean(),
    }),
  ),
  /** May the reader declare its places? */
  mayDeclare: z.boolean(),
  version: z.int(),
})
export type Team = z.infer<typeof Team>

const Member = z.strictObject({ id: PractitionerId, keeps: z.boolean() })

export const NewTeam = z.strictObject({
  kind: TeamKind,
  name: z.string().trim().min(1).max(120),
  line: z.string().trim().min(1).max(200).nullish(),
  municipality: InseeCode,
  phone: Phone.nullish(),
  members: z.array(Member).max(60),
})
export type NewTeam = z.infer<typeof NewTeam>

/** Only what is given changes; the members given replace all of them. */
export const ChangeTeam = NewTeam.partial().extend({ version: z.int().min(1) })
export type ChangeTeam = z.infer<typeof ChangeTeam>

/** `null`: the team counts no place, each member counts their own. */
export const SetTeamPlaces = z.strictObject({ places: z.int().min(0).max(500).nullable(), version: z.int().min(1) })
export type SetTeamPlaces = z.infer<typeof SetTeamPlaces>

export const EndTeam = z.strictObject({ version: z.int().min(1) })
export type EndTeam = z.infer<typeof EndTeam>

export const TeamParams = z.object({ id: TeamId })
