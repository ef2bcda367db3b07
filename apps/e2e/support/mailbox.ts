import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A message as a mail reader decodes its texts: the encodings that Maillage writes. */
function decoded(message: string): string {
  const plain = message
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())
  const parts = [...message.matchAll(/base64\r?\n(?:[\w-]+:.*\r?\n)*\r?\n([A-Za-z0-9+/=\r\n]+)/g)]
  return [plain, ...parts.map(([, part = '']) => Buffer.from(part, 'base64').toString())].join('\n')
}

/** The address that a message to somebody leads to, once it has left; the folder is where a trial keeps its messages. */
export async function linkSentTo(email: string, link: RegExp): Promise<string> {
  const folder = path.join(process.env.MAILLAGE_E2E_DATA_DIR ?? '', 'courrier')
  for (let turn = 0; turn < 120; turn += 1) {
    const [found] = messagesTo(folder, email).flatMap((message) => link.exec(message)?.[0] ?? [])
    if (found) return found
    await sleep(500)
  }
  throw new Error(`No message to this person holds ${link.source}`)
}

function messagesTo(folder: string, email: string): string[] {
  // Made when the first message is written.
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((file) => file.endsWith('.eml'))
  const messages = files.map((file) => readFileSync(path.join(folder, file), 'utf8'))
  return messages.filter((message) => /^To: (.*)$/im.exec(message)?.[1]?.includes(email)).map(decoded)
}
