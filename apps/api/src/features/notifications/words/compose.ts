import type { NoticeWords } from '../../../kernel/notices/notice-kind.ts'
import { fillIn, type WordValues } from './placeholders.ts'

/** A message as it leaves by mail. */
export interface Composed {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What a message says, its values in, and where it leads. */
export interface Said {
  readonly words: NoticeWords
  readonly values: WordValues
  readonly address: string | null
}

/** Why it came and where to choose otherwise. People without an account have nothing to choose. */
export interface Foot {
  readonly cpts: string
  readonly choices: string | null
}

const paragraphsOf = (text: string): string[] => text.split(/\r?\n\s*\r?\n/).filter((one) => one.trim() !== '')

/** One message. */
export function composeOne({ words, values, address }: Said, foot: Foot): Composed {
  const subject = fillIn(words.subject, values)
  const paragraphs = paragraphsOf(fillIn(words.text, values))
  const action = fillIn(words.action, values)
  const text = [...paragraphs, ...(address ? [`${action} : ${address}`] : []), footText(foot)].join('\n\n')
  const body = [
    ...paragraphs.map(paragraph),
    ...(address ? [`<p style="margin:24px 0">${button(action, address)}</p>`] : []),
  ]
  return { subject, text: `${text}\n`, html: page(subject, body.join('\n'), foot) }
}

/** Several that became due together, in one message: a line each, under the words that announce them. */
export function composeSeveral(digest: Said, all: readonly Said[], foot: Foot): Composed {
  const subject = fillIn(digest.words.subject, digest.values)
  const paragraphs = paragraphsOf(fillIn(digest.words.text, digest.values))
  const lines = all.map(({ words, values, address }) => ({ said: fillIn(words.subject, values), address }))
  const list = lines.map(({ said, address }) => (address ? `- ${said} : ${address}` : `- ${said}`)).join('\n')
  const items = lines.map(
    ({ said, address }) =>
      `<li style="margin:12px 0">${escaped(said)}${address ? `<br>${link(`Ouvrir`, address)}` : ''}</li>`,
  )
  const body = [...paragraphs.map(paragraph), `<ul style="padding-left:20px">${items.join('')}</ul>`].join('\n')
  const text = [...paragraphs, list, footText(foot)].join('\n\n')
  return { subject, text: `${text}\n`, html: page(subject, body, foot) }
}

/** The same by text message: short, and its link. */
export const composeShort = ({ words, values, address }: Said): string =>
  [fillIn(words.short, values), ...(address ? [address] : [])].join(' ')

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

const paragraph = (text: string): string => `<p style="margin:0 0 16px">${escaped(text).replaceAll('\n', '<br>')}</p>`

const link = (words: string, address: string): string =>
  `<a href="${escaped(address)}" style="color:#0b5d57">${escaped(words)}</a>`

const button = (words: string, address: string): string =>
  `<a href="${escaped(address)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#0b5d57;color:#ffffff;text-decoration:none;font-weight:600">${escaped(words)}</a>`

const footLines = ({ cpts, choices }: Foot): string[] => [
  `Message de la ${cpts}, envoyé par Maillage. Ne répondez pas à ce message.`,
  ...(choices ? [`Choisir ce que vous recevez : ${choices}`] : []),
]
const footText = (foot: Foot): string => ['--', ...footLines(foot)].join('\n')

/** Tables and inline styles: what mail readers keep. No image, nothing fetched. */
function page(title: string, body: string, { cpts, choices }: Foot): string {
  const foot = [
    escaped(`Message de la ${cpts}, envoyé par Maillage. Ne répondez pas à ce message.`),
    ...(choices ? [link('Choisir ce que vous recevez', choices)] : []),
  ].join('<br>')
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f4f6f6;color:#1c2b2a;font:16px/1.5 system-ui,sans-serif">
<table role="presentation" style="width:100%;max-width:560px;margin:0 auto;border-collapse:collapse"><tr><td style="padding:24px;background:#ffffff;border-radius:8px">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escaped(title)}</h1>
${body}
</td></tr><tr><td style="padding:16px 24px;color:#51605f;font-size:13px">${foot}</td></tr></table>
</body></html>
`
}
