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

/** « CPTS Pays de Lunel » : names are kept with the acronym or without it, and pages say « la CPTS… ». */
const nameSaid = (name: string): string => (/^cpts\b/i.test(name) ? name : `CPTS ${name}`)

/** A CPTS as the templates name it. */
export const deskSaid = ({ id, name, phone, hours, email }: PublicDesk): DeskSaid => ({
  cptsId: id,
  cptsName: nameSaid(name),
  ...{ phone, hours, email },
  phoneSaid: phone === null ? '' : phoneSaid(phone),
})
