import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import nodemailer from 'nodemailer'
import { SendFailure } from '../send-failure.ts'
import type { Mail, MailTransport, SecureMail } from './mailer.ts'

/**
 * Writes each message as an `.eml` that a mail reader opens: what a trial shows instead of sending. An address under
 * `.invalid`, which exists nowhere, is refused as a server would: a trial shows that too.
 */
export function writeMailer({ from, folder }: { from: string; folder: string }): MailTransport {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' }, { from })
  return {
    describe: `dans ${folder}`,
    async send(mail: Mail | SecureMail) {
      if (/\.invalid$/i.test(mail.to)) throw new SendFailure('refused', 'No address ends so')
      const { message } = await transport.sendMail({
        ...mail,
        attachments: 'attachments' in mail ? [...mail.attachments] : [],
      })
      if (!Buffer.isBuffer(message)) throw new Error('A composed message is not a buffer')
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = path.join(folder, `${mail.messageId.replace(/[^\w.-]/g, '_')}.eml`)
      // Whole or absent: a reader never opens half a message.
      await writeFile(`${file}.part`, message, { mode: 0o600 })
      await rename(`${file}.part`, file)
    },
    close: () => transport.close(),
  }
}
