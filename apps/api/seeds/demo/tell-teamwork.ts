import { DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { ChangePartner, type NewPartner, type Partner } from '@maillage/contracts/partners/partners'
import { and, eq } from 'drizzle-orm'
import { acceptInvitation } from '../../src/features/delegation/answer-invitation.ts'
import { inviteSecretary } from '../../src/features/delegation/invite-secretary.ts'
import { daysBefore } from '../../src/features/partners/agreement-status.ts'
import { enterAgreement } from '../../src/features/partners/keep-agreement.ts'
import { changePartner, enterPartner } from '../../src/features/partners/keep-partner.ts'
import { listPartners, type Reading } from '../../src/features/partners/partner.store.ts'
import { createAccount } from '../../src/kernel/accounts/create-account.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import type { Deps } from '../../src/kernel/context.ts'
import { issueLink } from '../../src/kernel/links/links.ts'
import { accounts, memberships } from '../../src/kernel/tables/cpts.table.ts'
import { asOwner } from '../../src/platform/db/as-owner.ts'
import { emailOf } from './demo-accounts.ts'

const inLunel = '34145'

/** Who to call in each partner, in invented words. */
const contacts: Readonly<Record<string, NewPartner['contacts']>> = {
  'CH du Vidourle': [
    {
      function: 'Cadre de santé',
      unit: 'Orthopédie',
      phone: '+33465710111',
      hours: '9 h à 16 h, du lundi au vendredi',
    },
    { function: 'Assistante sociale', phone: '+33465710112', email: 'social@ch-vidourle.example' },
  ],
  'Clinique des Micocouliers': [
    { function: 'Secrétariat des soins de suite', phone: '+33465710205', hours: '8 h à 18 h' },
  ],
  'CCAS de Lunel': [{ function: 'Responsable du maintien à domicile', phone: '+33465710301', hours: '9 h à 12 h' }],
  'Dispositif d’appui des Garrigues': [
    { function: 'Coordinatrice de parcours', phone: '+33465710401', email: 'accueil@dac-garrigues.example' },
  ],
  'Résidence Les Capitelles': [{ function: 'Infirmière coordinatrice', phone: '+33465710501', hours: '8 h à 17 h' }],
}

/** What is agreed with them: days from today, negative in the past. One is to renew, one lapsed. */
const agreed: readonly { partner: string; scope: string; from: number; until: number | null }[] = [
  { partner: 'CH du Vidourle', scope: 'Sorties d’hospitalisation préparées ensemble', from: -320, until: 45 },
  {
    partner: 'Résidence Les Capitelles',
    scope: 'Retours en résidence et soins non programmés',
    from: -380,
    until: -15,
  },
  { partner: 'CCAS de Lunel', scope: 'Repérage des personnes isolées', from: -200, until: 530 },
  {
    partner: 'Dispositif d’appui des Garrigues',
    scope: 'Situations complexes : qui fait quoi',
    from: -100,
    until: null,
  },
]

async function actorOf(ownerUrl: string, cptsId: CptsId, account: string): Promise<Actor> {
  const [row] = await asOwner(ownerUrl, (tx) =>
    tx
      .select({ membership: memberships, account: accounts })
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(and(eq(memberships.cptsId, cptsId), eq(accounts.email, emailOf(account)))),
  )
  if (!row) throw new Error(`The demo has no ${account}`)
  const { role, id: membershipId, practitionerId, isHealthProfessional } = row.membership
  const { id: accountId, displayName } = row.account
  const who = { accountId, membershipId, displayName, practitionerId, isHealthProfessional }
  return { cptsId, role, ...who, unitIds: [], requestId: null }
}

/** The partners with whom to call and what is agreed; and a secretary for the first doctor. Through the real acts. */
export async function tellTeamwork(
  deps: Deps,
  { ownerUrl, password }: { ownerUrl: string; password: string },
  cptsId: CptsId,
): Promise<void> {
  const coordinator = await actorOf(ownerUrl, cptsId, 'coordination')
  const now = deps.now()
  const reading: Reading = { actor: coordinator, now, today: dayIn('Europe/Paris', now) }
  await enterPartner(deps, coordinator, {
    name: 'Résidence du Canal',
    kind: 'nursing-home',
    notes: 'Ouverte depuis peu : rencontrer l’équipe avant l’été.',
    contacts: [],
    units: [],
  })
  const known = await deps.db.read(cptsId, (db) => listPartners(db, reading, { limit: 50 }))
  for (const partner of known.items) await tellPartner(deps, reading, partner)
  await nameSecretary(deps, ownerUrl, { cptsId, password })
}

async function tellPartner(deps: Deps, { actor, today }: Reading, partner: Partner): Promise<void> {
  const { id, name, kind, finess, version } = partner
  const who = contacts[name]
  if (who) {
    const units = partner.units.map((unit) => ({ id: unit.id, name: unit.name, phone: unit.phone ?? undefined }))
    const card = { name, kind, finess: finess ?? undefined, municipality: inLunel, contacts: who, units }
    await changePartner(deps, actor, id, ChangePartner.parse({ ...card, version }))
  }
  for (const { scope, from, until } of agreed.filter((one) => one.partner === name)) {
    const day = (days: number): DayDate => DayDate.parse(daysBefore(today, -days))
    await enterAgreement(deps, actor, id, {
      scope,
      signedOn: day(from - 10),
      startsOn: day(from),
      ...(until === null ? {} : { endsOn: day(until), noticeDays: 60 }),
      alertDays: [90, 30],
    })
  }
}

async function nameSecretary(
  deps: Deps,
  ownerUrl: string,
  { cptsId, password }: { cptsId: CptsId; password: string },
): Promise<void> {
  const now = deps.now()
  const doctor = await actorOf(ownerUrl, cptsId, 'medecin')
  const email = emailOf('secretariat')
  const displayName = 'Solène Arcanette'
  await asOwner(ownerUrl, (tx) =>
    createAccount(tx, { email, displayName, password, isDemo: true, isSecondFactorExempt: true }, now),
  )
  const { id } = await inviteSecretary(deps, doctor, {
    email,
    displayName,
    rights: ['answer-proposals', 'follow-patients', 'places-and-absences'],
  })
  const expiresAt = new Date(now.getTime() + 86_400_000)
  const token = await deps.db.transaction(cptsId, (tx) =>
    issueLink(tx, { cptsId, purpose: 'delegation-invitation', subjectId: id, expiresAt, now }),
  )
  await acceptInvitation(deps, { token })
}
