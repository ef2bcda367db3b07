import nodemailer from 'nodemailer'
import { SendFailure, type SendFailureKind } from '../send-failure.ts'
import type { Mail, MailTransport, SecureMail } from './mailer.ts'

/** How long each step of a sending may take before it is given up: the job is tried again later. */
export interface SmtpPatience {
  readonly connectMs: number
  readonly greetingMs: number
  readonly socketMs: number
}

const patience: SmtpPatience = { connectMs: 10_000, greetingMs: 10_000, socketMs: 20_000 }

/**
 * Sends through the operator's server (`smtps://user:password@host:465`, `smtp://host:587`). A server that refuses or
 * stalls makes the sending fail; what the failure says may hold addresses, and stays out of the log.
 */
export function smtpMailer(
  { smtpUrl, from, requireTls = false }: { smtpUrl: string; from: string; requireTls?: boolean },
  { connectMs, greetingMs, socketMs } = patience,
): MailTransport {
  const transport = nodemailer.createTransport(
    {
      url: smtpUrl,
      connectionTimeout: connectMs,
      greetingTimeout: greetingMs,
      socketTimeout: socketMs,
      // A server that offers no encryption is then left before anything is said.
      requireTLS: requireTls,
      // Nothing in a message may make the server read a file or fetch an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  const { host } = new URL(smtpUrl)
  return {
    describe: `par ${host}`,
    async send(mail: Mail | SecureMail) {
      await transport
        .sendMail({ ...mail, attachments: 'attachments' in mail ? [...mail.attachments] : [] })
        .catch((error: unknown) => {
          throw new SendFailure(kindOf(error), error)
        })
    },
    close: () => transport.close(),
  }
}

/**
 * What a server says of the recipient (`RCPT TO`) or of the message (`DATA`) is about this message; whatever else went
 * wrong (the connection, the password, our own address) is about the server.
 */
function kindOf(error: unknown): SendFailureKind {
  if (!(error instanceof Error)) return 'away'
  // Nodemailer adds these to its errors.
  const { responseCode, command = '' } = error as Error & { responseCode?: number; command?: string }
  if (responseCode === undefined || !['RCPT TO', 'DATA'].includes(command)) return 'away'
  return responseCode >= 500 ? 'refused' : 'later'
}
