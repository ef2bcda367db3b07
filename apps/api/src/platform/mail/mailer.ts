/** One message in plain text, to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same at every try of one message: a server that took it twice shows it once. */
  readonly messageId: string
}

/** Where messages leave the house. A failure throws: the queue tries again later. */
export interface Mailer {
  send(mail: Mail): Promise<void>
  /** Said at the start: where messages go, without any secret. */
  readonly describe: string
  close(): void
}

/** How the operator wants mail to leave. */
export interface MailSettings {
  readonly smtpUrl: string | undefined
  readonly from: string
  /** Messages are written here when there is no server: a trial shows them. */
  readonly folder: string
}
