/** A file that goes with a message. */
export interface Attachment {
  readonly filename: string
  readonly contentType: string
  readonly content: Buffer
}

/** One message, to one person: in plain text, and the same as a page where it is given. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** The same at every try of one message: a server that took it twice shows it once. */
  readonly messageId: string
}

/** A message that carries a file. Only a `SecureMailer` takes one: ordinary mail has no way to. */
export interface SecureMail extends Mail {
  readonly attachments: readonly Attachment[]
}

/** Where messages leave the house. A failure throws: the queue tries again later. */
export interface Mailer {
  send(mail: Mail): Promise<void>
  /** Said at the start: where messages go, without any secret. */
  readonly describe: string
  close(): void
}

/** What takes a message with its files, whichever way out it stands behind. */
export interface MailTransport extends Mailer {
  send(mail: Mail | SecureMail): Promise<void>
}

/** How the operator wants mail to leave. */
export interface MailSettings {
  readonly smtpUrl: string | undefined
  readonly from: string
  /** Messages are written here when there is no server: a trial shows them. */
  readonly folder: string
}
