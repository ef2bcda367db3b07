import { phoneSaid } from './form/phone-said.ts'
import type { PublicDesk } from './territory.store.ts'

/** What every page may say of the CPTS. */
export interface DeskSaid {
  readonly cptsId: string
  readonly cptsName: string
  readonly phone: string | null
  readonly phoneSaid: string
  readonly hours: string | null
  readonly email: string | null
}

/** A CPTS as the templates name it. */
export const deskSaid = ({ id, name, phone, hours, email }: PublicDesk): DeskSaid => ({
  cptsId: id,
  cptsName: name,
  ...{ phone, hours, email },
  phoneSaid: phone === null ? '' : phoneSaid(phone),
})
