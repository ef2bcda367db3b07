import type { Mailer, MailSettings } from './mailer.ts'
import { smtpMailer } from './smtp-mailer.ts'
import { writeMailer } from './write-mailer.ts'

/** The mailer that the settings name: a server, or files in a folder. */
export const openMailer = ({ smtpUrl, from, folder }: MailSettings): Mailer =>
  smtpUrl ? smtpMailer({ smtpUrl, from }) : writeMailer({ from, folder })
