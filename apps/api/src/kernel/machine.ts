import type { AllowedAction } from '@maillage/contracts/cases'
import type { ActorRole } from '@maillage/contracts/roles'
import type * as z from 'zod'
import { problem } from '../platform/problem-error.ts'

/** By which part somebody who is no coordinator holds a case. */
export type Part = 'accepted' | 'requester' | 'ward' | 'gp'

/** One line per action: where it may start, where it leads, who may do it, and the extra fields that it requires. */
export interface Move<S extends string> {
  from: readonly S[]
  /** Roles that may start from fewer statuses than the others: the requester may close only what nobody has taken up. */
  fromBy?: Partial<Record<ActorRole, readonly S[]>>
  /** `previous`: where the case stood before its pause. `derived`: a pure function of the slice's own facts. */
  to: S | 'previous' | 'derived'
  by: readonly ActorRole[]
  /** The parts by which a practitioner, or their secretary, may do this; by default, only the one who accepted. */
  practitionerAs?: readonly Part[]
  fields?: z.ZodObject
  reasons?: readonly string[]
}

export type Machine<S extends string> = Readonly<Record<string, Move<S>>>

/** Who asks: a role, and the parts that they hold in this very case. */
export interface Asker {
  role: ActorRole
  parts: readonly Part[]
}

const starts = <S extends string>(move: Move<S>, asker: Asker): readonly S[] => move.fromBy?.[asker.role] ?? move.from

/** May this asker ever do this action on the case, whatever its status? */
export function mayEver<S extends string>(move: Move<S>, asker: Asker): boolean {
  if (!move.by.includes(asker.role)) return false
  if (asker.role !== 'practitioner' && asker.role !== 'secretary') return true
  return asker.parts.some((part) => (move.practitionerAs ?? ['accepted']).includes(part))
}

/** Judges a move: the line that allows it, else 403 `role-may-not` or 409 `wrong-status` with what is allowed instead. */
export function judgeMove<S extends string>(machine: Machine<S>, status: S, action: string, asker: Asker): Move<S> {
  const move = machine[action]
  if (!move || !mayEver(move, asker)) throw problem('role-may-not')
  if (!starts(move, asker).includes(status))
    throw problem('wrong-status', { allowed: possibleActions(machine, status, asker) })
  return move
}

/** The names of what the asker may do now. */
export function possibleActions<S extends string>(machine: Machine<S>, status: S, asker: Asker): string[] {
  return Object.entries(machine)
    .filter(([, move]) => mayEver(move, asker) && starts(move, asker).includes(status))
    .map(([action]) => action)
}

/** One entry per act that the role could ever do; executable when `disabledBecause` is absent. */
export function allowedActions<S extends string>(machine: Machine<S>, status: S, asker: Asker): AllowedAction[] {
  return Object.entries(machine)
    .filter(([, move]) => mayEver(move, asker))
    .map(([action, move]) => ({
      action,
      requires: requiredFields(move),
      ...(move.reasons ? { reasons: [...move.reasons] } : {}),
      ...(starts(move, asker).includes(status) ? {} : { disabledBecause: 'wrong-status' }),
    }))
}

function requiredFields<S extends string>(move: Move<S>): string[] {
  return Object.entries(move.fields?.shape ?? {})
    .filter(([, field]) => !field.safeParse(undefined).success)
    .map(([name]) => name)
}
