import { Password } from '@maillage/contracts/accounts'
import { type CptsId, type PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import { Role, roles } from '@maillage/contracts/roles'
import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import { addMembership, createAccount as open } from '../kernel/accounts/create-account.ts'
import { sendNotice } from '../kernel/notices/send-notice.ts'
import { practitioners } from '../kernel/tables/practitioner.table.ts'
import type { Db } from '../platform/db/database.ts'
import { ProblemError } from '../platform/problem-error.ts'
import { newSecret } from '../platform/secret-file.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import { askPassword } from './ask-password.ts'
import type { Command } from './command.ts'
import { findCpts } from './find-cpts.ts'
import { demanded, readOptions } from './read-options.ts'

const usage = `Usage : pnpm maillage create-account --cpts "CPTS de …" --email a@b.fr --name "Prénom Nom" --role ${roles.join('|')}
  --rpps 10000000001      fiche de l’annuaire (rôle practitioner)
  --unit <identifiant>    service, à répéter (rôle hospital_staff)
  --health-professional   professionnel de santé : lit les informations cliniques
  --ask-password          demande le mot de passe ; sinon il est tiré au sort et affiché une fois`

const options = {
  cpts: { type: 'string' },
  email: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  rpps: { type: 'string' },
  unit: { type: 'string', multiple: true },
  'health-professional': { type: 'boolean' },
  'ask-password': { type: 'boolean' },
} as const

/** Gives somebody an account and a role in a CPTS; an e-mail already known only gets the role. */
export const createAccount: Command = {
  name: 'create-account',
  summary: 'crée un compte, ou donne un rôle de plus à un compte',
  async run({ asOwner, now, say }, args) {
    const given = readOptions(args, options, usage)
    const input = readInput(given)
    const password = given['ask-password'] ? await chosenPassword() : newSecret()
    const { isNew } = await asOwner(async (tx) => {
      const { id: cptsId } = await findCpts(tx, input.cpts)
      const practitionerId = input.rpps ? await findPractitioner(tx, cptsId, input.rpps) : undefined
      const account = await open(tx, { ...input, password }, now())
      const membershipId = await addMembership(tx, account.id, { ...input, cptsId, practitionerId }, now())
      const context = { actor: { cptsId }, now: now() }
      const to = { accountId: account.id }
      await sendNotice(tx, context, { kind: 'account-opened', to, key: `opened:${membershipId}`, link: { path: '/' } })
      return account
    }).catch(explain)
    say(isNew ? `Compte créé : ${input.email}` : `Rôle ajouté au compte existant : ${input.email}`)
    if (isNew && !given['ask-password']) say(`Mot de passe (affiché cette seule fois) : ${password}`)
  },
}

function readInput(given: ReturnType<typeof readOptions<typeof options>>) {
  const role = Role.safeParse(given.role)
  if (!role.success) throw new StartRefusal(`--role attend l’un de : ${roles.join(', ')}.\n\n${usage}`)
  const email = z.email().safeParse(given.email)
  if (!email.success) throw new StartRefusal(`--email attend une adresse e-mail.\n\n${usage}`)
  const units = z.array(UnitId).safeParse(given.unit ?? [])
  if (!units.success) throw new StartRefusal(`--unit attend l’identifiant d’un service.\n\n${usage}`)
  return {
    cpts: demanded(given.cpts, 'cpts', usage),
    displayName: demanded(given.name, 'name', usage),
    email: email.data.toLowerCase(),
    role: role.data,
    rpps: given.rpps,
    unitIds: units.data,
    isHealthProfessional: given['health-professional'] ?? false,
  }
}

async function chosenPassword(): Promise<string> {
  const password = Password.safeParse(await askPassword('Mot de passe (12 caractères au moins) : '))
  if (!password.success) throw new StartRefusal('Mot de passe refusé : de 12 à 200 caractères.')
  return password.data
}

async function findPractitioner(tx: Db, cptsId: CptsId, rpps: string): Promise<PractitionerId> {
  const [row] = await tx
    .select({ id: practitioners.id })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), eq(practitioners.rpps, rpps)))
  if (!row) throw new StartRefusal(`Aucune fiche de l’annuaire de cette CPTS ne porte le RPPS ${rpps}.`)
  return row.id
}

function explain(error: unknown): never {
  if (!(error instanceof ProblemError)) throw error
  if (error.code === 'already-exists') throw new StartRefusal('Ce compte a déjà ce rôle dans cette CPTS.')
  throw new StartRefusal(`Le rôle hospital_staff demande au moins un --unit.\n\n${usage}`)
}
