import type { ReadingWay } from '@maillage/contracts/trail/readings'
import type { TrailLine } from './trail.ts'

type Line = Pick<TrailLine, 'action' | 'outcome' | 'role'>

/** How a line of the trail showed the case or the patient that it names; undefined where it showed them to nobody. */
export function wayOf({ action, outcome, role }: Line): ReadingWay | undefined {
  const [code = ''] = action.split(' ')
  if (outcome === 'refused') return 'refused'
  if (code === 'audit.read') return 'traced'
  if (isOutside(code)) return 'opened'
  if (/\.(print|send-call-sheet|download)$/.test(code) || code === 'call-sheet.write') return 'exported'
  // What the program does by itself shows nobody anything.
  if (role === 'system') return undefined
  if (code.endsWith('.search')) return 'found'
  if (code.endsWith('-listed')) return 'listed'
  return /(\.read|-read|\.read-\w+|\.reschedule-preview)$/.test(code) ? 'opened' : 'changed'
}

/** The patient, or a relative, who reads or corrects their own file by their own link: no account, no role here. */
export const isOutside = (action: string): boolean =>
  action.startsWith('registration.') || /-online(-\w+)?$/.test(action)

/** Was it one opening, or a part of a file that is read with it: its story, its messages, its callbacks? */
export const isPart = (action: string): boolean => /\.read-(timeline|messages|reminders|identity)$/.test(action)
