import { Finess } from '@maillage/contracts/kit/identifiers'
import { type CptsId, newId, OrganizationId, UnitId } from '@maillage/contracts/kit/ids'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import { organizationKinds } from '@maillage/contracts/partners/organizations'
import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import { organizations, organizationUnits } from '../kernel/tables/cpts.table.ts'
import type { Db } from '../platform/db/database.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import type { Command } from './command.ts'
import { findCpts } from './find-cpts.ts'
import { demanded, readOptions } from './read-options.ts'

const usage = `Usage : pnpm maillage create-unit --cpts "CPTS de …" --organization "CH de …" --name "Orthopédie"
  --kind ${organizationKinds.join('|')}   sorte d’établissement (hospital par défaut)
  --finess 340000000       numéro FINESS de l’établissement : retrouve le même service dans une autre CPTS
  --phone "04 65 71 00 00" téléphone du service`

const options = {
  cpts: { type: 'string' },
  organization: { type: 'string' },
  name: { type: 'string' },
  kind: { type: 'string' },
  finess: { type: 'string' },
  phone: { type: 'string' },
} as const

type Input = ReturnType<typeof readInput>

/** Adds a ward of an organization to a CPTS, and the organization itself when it is new there. */
export const createUnit: Command = {
  name: 'create-unit',
  summary: 'ajoute un service d’un établissement à une CPTS',
  async run({ asOwner, say }, args) {
    const given = readOptions(args, options, usage)
    const input = readInput(given)
    const unitId = await asOwner(async (tx) => {
      const { id: cptsId } = await findCpts(tx, given.cpts)
      return await insertUnit(tx, cptsId, await organizationFor(tx, cptsId, input), input)
    })
    say(`Service ajouté : ${input.name}, ${input.organization}`)
    say(`Identifiant, pour create-account --unit : ${unitId}`)
  },
}

function readInput(given: ReturnType<typeof readOptions<typeof options>>) {
  const kind = z.enum(organizationKinds).safeParse(given.kind ?? 'hospital')
  if (!kind.success) throw new StartRefusal(`--kind attend l’un de : ${organizationKinds.join(', ')}.\n\n${usage}`)
  const finess = Finess.optional().safeParse(given.finess)
  if (!finess.success) throw new StartRefusal(`--finess attend neuf chiffres (2A ou 2B en Corse).\n\n${usage}`)
  const phone = given.phone === undefined ? undefined : toE164(given.phone)
  if (given.phone !== undefined && !phone) throw new StartRefusal(`--phone attend un numéro de téléphone.\n\n${usage}`)
  return {
    organization: demanded(given.organization, 'organization', usage),
    name: demanded(given.name, 'name', usage),
    kind: kind.data,
    finess: finess.data,
    phone,
  }
}

async function organizationFor(tx: Db, cptsId: CptsId, { organization, kind, finess }: Input): Promise<OrganizationId> {
  const [known] = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.cptsId, cptsId), eq(organizations.name, organization)))
  if (known) return known.id
  const id = newId(OrganizationId)
  await tx.insert(organizations).values({ cptsId, id, name: organization, kind, finess })
  return id
}

async function insertUnit(
  tx: Db,
  cptsId: CptsId,
  organizationId: OrganizationId,
  { name, phone }: Input,
): Promise<UnitId> {
  const ofOrganization = and(
    eq(organizationUnits.cptsId, cptsId),
    eq(organizationUnits.organizationId, organizationId),
    eq(organizationUnits.name, name),
  )
  const [known] = await tx.select({ id: organizationUnits.id }).from(organizationUnits).where(ofOrganization)
  if (known) throw new StartRefusal(`Ce service existe déjà : ${known.id}`)
  const id = newId(UnitId)
  await tx.insert(organizationUnits).values({ cptsId, id, organizationId, name, phone })
  return id
}
