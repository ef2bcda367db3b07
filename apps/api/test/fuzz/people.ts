import type { AccountId, CptsId, MembershipId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { eq, sql } from 'drizzle-orm'
import { accounts } from '../../src/kernel/tables/cpts.table.ts'
import type { TestApp } from '../build-test-app.ts'
import { aSecretary } from '../builders/a-delegation.ts'
import { aMembership, anAccount, signedIn, someoneWho, testPassword } from '../builders/accounts.ts'
import { prepare } from '../builders/as-owner.ts'
import { codeOf, firstSignIn } from '../builders/enrolled.ts'
import { marks } from './judge.ts'
import type { Caller, Protection } from './world.ts'

interface Place {
  readonly cptsId: CptsId
  readonly territory: 'ours' | 'theirs'
}

interface Part {
  readonly role: Role
  readonly name: string
  readonly practitionerId?: PractitionerId
  readonly unitIds?: readonly UnitId[]
  /** Asked for a code beside the password. */
  readonly isEnrolled?: boolean
}

interface Person {
  accountId: AccountId
  membershipId: MembershipId
  headers: { authorization: string }
  protection?: Protection
}

async function emailOf(tested: TestApp, { accountId }: Pick<Person, 'accountId'>): Promise<string> {
  const [account] = await prepare(tested, (tx) => tx.select().from(accounts).where(eq(accounts.id, accountId)))
  return account?.email ?? ''
}

/** Somebody who signs in again when their session is lost, under a new account should the old one no longer do. */
async function aCaller(tested: TestApp, { cptsId, territory }: Place, part: Part): Promise<Caller> {
  const { role, name, practitionerId, unitIds } = part
  const appear = async (): Promise<Person> => {
    if (part.isEnrolled) return enrolled(tested, { cptsId, role })
    if (role === 'secretary') return aSecretary(tested, cptsId, practitionerId ? [practitionerId] : [])
    const isHealthProfessional = role !== 'requester' && role !== 'administrator'
    return someoneWho(tested, {
      cptsId,
      role,
      isHealthProfessional,
      ...(practitionerId ? { practitionerId } : {}),
      ...(unitIds ? { unitIds } : {}),
    })
  }
  let person = await appear()
  let email = await emailOf(tested, person)
  const own = new Map<string, string>([
    ['account', person.accountId],
    ['membership', person.membershipId],
  ])
  if (practitionerId) own.set('practitioner', practitionerId)
  if (unitIds?.[0]) own.set('unit', unitIds[0])
  const caller: Caller = {
    name,
    role,
    territory,
    mark: marks[territory],
    own,
    headers: { ...person.headers },
    cookie: '',
    get email() {
      return email
    },
    get protection() {
      return person.protection
    },
    code: () => (person.protection?.secret ? codeOf(tested, person.protection.secret) : undefined),
    renew() {
      // Two who lost it at once come back together.
      renewal ??= comeBack().finally(() => {
        renewal = undefined
      })
      return renewal
    },
  }
  let renewal: Promise<void> | undefined
  const comeBack = async (): Promise<void> => {
    caller.headers = await backAgain(tested, person, caller)
    if ((caller.headers.authorization ?? '').length > 40 && (await isTaken(tested, caller))) return
    person = await appear()
    email = await emailOf(tested, person)
    own.set('account', person.accountId).set('membership', person.membershipId)
    caller.headers = { ...person.headers }
    caller.cookie = ''
  }
  return caller
}

/** The headers of a new session of the same person; none when they cannot sign in any more. */
async function backAgain(tested: TestApp, person: Person, { email, code }: Caller): Promise<Record<string, string>> {
  try {
    if (!person.protection) return { ...(await signedIn(tested, person.accountId, membershipOf(person))) }
    const payload = { email, password: testPassword, code: code() }
    const opened = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })
    return { authorization: `Bearer ${String(opened.json().accessToken)}` }
  } catch {
    return {}
  }
}

/** Somebody whose account an authenticator protects. */
async function enrolled(tested: TestApp, membership: { cptsId: CptsId; role: Role }): Promise<Person> {
  const accountId = await anAccount(tested, { isSecondFactorExempt: false })
  const { membershipId } = await aMembership(tested, accountId, membership)
  const email = await emailOf(tested, { accountId })
  const { headers, secret } = await firstSignIn(tested, { email })
  return { accountId, membershipId, headers, protection: { secret, keys: [] } }
}

const membershipOf = ({ membershipId }: Person): MembershipId => membershipId

async function isTaken(tested: TestApp, { headers }: Caller): Promise<boolean> {
  return (await tested.app.inject({ url: '/api/v1/me', headers })).statusCode === 200
}

const anonymous = (territory: Place['territory']): Caller => ({
  name: 'anonymous',
  role: 'anonymous',
  territory,
  mark: marks[territory],
  own: new Map(),
  headers: {},
  cookie: '',
  email: 'personne@essai.example',
  protection: undefined,
  code: () => undefined,
  renew: async () => undefined,
})

/** The practitioners of this profession with the most proposals that await an answer, and every ward. */
async function casting(
  tested: TestApp,
  cptsId: CptsId,
): Promise<{ doctors: PractitionerId[]; nurses: PractitionerId[]; unitIds: UnitId[] }> {
  return prepare(tested, async (tx) => {
    const busiest = async (profession: string): Promise<PractitionerId[]> => {
      const { rows } = await tx.execute<{ id: PractitionerId }>(sql`
        select p.id from practitioners p left join proposals o on o.cpts_id = p.cpts_id and o.practitioner_id = p.id and o.status = 'pending'
        where p.cpts_id = ${cptsId} and p.profession = ${profession} group by p.id order by count(o.id) desc, p.id limit 3`)
      return rows.map(({ id }) => id)
    }
    const { rows } = await tx.execute<{ id: UnitId }>(
      sql`select id from organization_units where cpts_id = ${cptsId} order by id`,
    )
    return { doctors: await busiest('physician'), nurses: await busiest('nurse'), unitIds: rows.map(({ id }) => id) }
  })
}

/** One of every role, two of those who act most, nobody at all, and the coordination of the neighbouring territory. */
export async function theCallers(tested: TestApp, ours: CptsId, theirs: CptsId): Promise<Caller[]> {
  const place: Place = { cptsId: ours, territory: 'ours' }
  const { doctors, nurses, unitIds } = await casting(tested, ours)
  const [doctor, assisted] = doctors
  const [nurse] = nurses
  const parts: Part[] = [
    { role: 'coordinator', name: 'coordinator' },
    { role: 'coordinator', name: 'enrolled coordinator', isEnrolled: true },
    { role: 'practitioner', name: 'practitioner', ...(doctor ? { practitionerId: doctor } : {}) },
    { role: 'practitioner', name: 'nurse', ...(nurse ? { practitionerId: nurse } : {}) },
    { role: 'secretary', name: 'secretary', ...(assisted ? { practitionerId: assisted } : {}) },
    { role: 'requester', name: 'requester' },
    { role: 'hospital_staff', name: 'hospital_staff', unitIds: unitIds.slice(0, 2) },
    { role: 'administrator', name: 'administrator' },
  ]
  const callers: Caller[] = []
  for (const part of parts) callers.push(await aCaller(tested, place, part))
  const neighbour = { role: 'coordinator', name: 'neighbour' } as const
  callers.push(await aCaller(tested, { cptsId: theirs, territory: 'theirs' }, neighbour), anonymous('ours'))
  return callers
}
