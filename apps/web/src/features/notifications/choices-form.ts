import type { NoticeChoices, OwnNoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import { type NoticeChannel, type NoticeGroup, noticeChannels } from '@maillage/contracts/notifications/notices'

/** The form as it is typed: hours as `HH:MM`, the number as people write it. */
export interface ChoicesForm {
  channels: Record<string, Record<NoticeChannel, boolean>>
  isQuiet: boolean
  quietFrom: string
  quietUntil: string
  urgentPasses: boolean
  every: 'at-once' | 'day'
  dayAt: string
  mobile: string
}

const hourOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function minutesOf(hour: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(hour) ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}

/** `06 12 34 56 78` or `+33 6 12…` in international form; undefined for what is no number of that sort. */
export function mobileOf(typed: string): string | undefined {
  const digits = typed.replace(/[\s.()-]/g, '')
  if (/^0[67]\d{8}$/.test(digits)) return `+33${digits.slice(1)}`
  return /^(\+|00)[1-9]\d{6,14}$/.test(digits) ? digits.replace(/^00/, '+') : undefined
}

/** What the page starts from. */
export function formOf({ choices, groups }: OwnNoticeChoices): ChoicesForm {
  const { quiet, digest } = choices
  return {
    channels: Object.fromEntries(
      groups.map(({ group, channels }) => {
        const chosen = choices.groups[group] ?? channels
        return [
          group,
          { email: chosen.includes('email'), sms: chosen.includes('sms'), 'in-app': chosen.includes('in-app') },
        ]
      }),
    ),
    isQuiet: quiet !== null,
    quietFrom: hourOf(quiet?.from ?? 20 * 60),
    quietUntil: hourOf(quiet?.until ?? 7 * 60 + 30),
    urgentPasses: choices.urgentPasses,
    every: digest.every,
    dayAt: hourOf(digest.every === 'day' ? digest.at : 12 * 60),
    mobile: choices.mobile ?? '',
  }
}

/** A fault of the form, at its field. */
export interface ChoicesFault {
  readonly field: 'mobile' | 'quietUntil' | 'quietFrom' | 'dayAt'
  readonly text: string
}

/** What is sent, or the first thing to mend. Choices about groups of another role stay as they were. */
export function choicesFrom(form: ChoicesForm, before: NoticeChoices): NoticeChoices | ChoicesFault {
  const groups: NoticeChoices['groups'] = { ...before.groups }
  for (const [group, chosen] of Object.entries(form.channels)) {
    // The keys are those of the groups that the server gave.
    groups[group as NoticeGroup] = noticeChannels.filter((channel) => chosen[channel])
  }
  const wantsTexts = Object.values(form.channels).some(({ sms }) => sms)
  const mobile = form.mobile.trim() === '' ? null : mobileOf(form.mobile)
  if (mobile === undefined) return { field: 'mobile', text: 'Ce numéro n’est pas celui d’un mobile.' }
  if (wantsTexts && mobile === null) return { field: 'mobile', text: 'Indiquez où envoyer les SMS.' }
  const [from, until, at] = [minutesOf(form.quietFrom), minutesOf(form.quietUntil), minutesOf(form.dayAt)]
  if (form.isQuiet && from === undefined) return { field: 'quietFrom', text: 'Indiquez une heure.' }
  if (form.isQuiet && (until === undefined || until === from))
    return { field: 'quietUntil', text: 'Indiquez une autre heure que celle du début.' }
  if (form.every === 'day' && at === undefined) return { field: 'dayAt', text: 'Indiquez une heure.' }
  return {
    groups,
    quiet: form.isQuiet && from !== undefined && until !== undefined ? { from, until } : null,
    urgentPasses: form.urgentPasses,
    digest: form.every === 'day' && at !== undefined ? { every: 'day', at } : { every: 'at-once' },
    mobile,
  }
}
