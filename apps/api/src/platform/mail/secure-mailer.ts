import { SendFailure } from '../send-failure.ts'
import type { Mailer, SecureMail } from './mailer.ts'
import { addressIn, isOnList, type SecureDomains } from './secure-domains.ts'
import { type SmtpPatience, smtpMailer } from './smtp-mailer.ts'
import { writeMailer } from './write-mailer.ts'

/** The second account, from which a message may carry health data: MSSanté. */
export interface SecureMailer extends Pick<Mailer, 'describe' | 'close'> {
  /** Only from and to addresses whose domain is on the list: what cannot be reached is refused before anything is read for it. */
  mayReach(address: string): boolean
  send(mail: SecureMail): Promise<void>
}

/** How the operator wants secure mail to leave. */
export interface SecureMailSettings {
  /** Absent in a demo alone, whose people are invented: messages are written to the folder. */
  readonly smtpUrl: string | undefined
  readonly from: string
  readonly domains: SecureDomains
}

/** A relay on this very machine; every other must encrypt. */
const isHere = (smtpUrl: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(smtpUrl).hostname)

/** The account that the settings name. It judges each address again as it sends: no caller can forget to. */
export function openSecureMailer(
  { smtpUrl, from, domains, folder }: SecureMailSettings & { folder: string },
  patience?: SmtpPatience,
): SecureMailer {
  const out = smtpUrl
    ? smtpMailer({ smtpUrl, from, requireTls: !isHere(smtpUrl) }, patience)
    : writeMailer({ from, folder })
  const mayReach = (address: string): boolean => isOnList(domains, addressIn(from)) && isOnList(domains, address)
  return {
    describe: out.describe,
    close: () => out.close(),
    mayReach,
    async send(mail) {
      if (!mayReach(mail.to)) throw new SendFailure('refused', 'A domain that is not on the list')
      await out.send(mail)
    },
  }
}
