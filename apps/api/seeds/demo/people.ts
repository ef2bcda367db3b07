import { type CptsId, newId, OrganizationId, UnitId } from '@maillage/contracts/kit/ids'
import type { Organization } from '@maillage/contracts/partners/organizations'
import type { Role } from '@maillage/contracts/roles'
import { addMembership, createAccount } from '../../src/kernel/accounts/create-account.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { organizations, organizationUnits } from '../../src/kernel/tables/cpts.table.ts'
import type { Db } from '../../src/platform/db/database.ts'
import { newSecret } from '../../src/platform/secret-file.ts'
import { demoAccounts, emailOf } from './demo-accounts.ts'
import type { DemoDirectory } from './directory.ts'
import { seedTemplates } from './discharge-templates.ts'
import type { DemoWorld } from './stories/story.ts'

type People = Pick<DemoWorld, 'coordinators' | 'requesters' | 'wards'>

/** Where the people of one CPTS are written. */
interface Place {
  tx: Db
  cptsId: CptsId
  /** Of the accounts that are shown; nobody knows the others'. */
  password: string
  since: Date
}

interface Person {
  email: string
  displayName: string
  role: Role
  isHealthProfessional?: boolean
  unitIds?: readonly UnitId[]
  practitionerId?: Actor['practitionerId']
}

/** An account with one membership, as the acts of the stories receive it. */
async function seedPerson({ tx, cptsId, password, since }: Place, person: Person): Promise<Actor> {
  const { email, displayName, role, isHealthProfessional = false, unitIds = [], practitionerId = null } = person
  const isShown = demoAccounts.some((one) => one.email === email)
  const account = {
    email,
    displayName,
    password: isShown ? password : newSecret(),
    isDemo: true,
    isSecondFactorExempt: true,
  }
  const { id: accountId } = await createAccount(tx, account, since)
  const membership = { cptsId, role, isHealthProfessional, unitIds, practitionerId: practitionerId ?? undefined }
  const membershipId = await addMembership(tx, accountId, membership, since)
  return {
    cptsId,
    role,
    accountId,
    membershipId,
    displayName,
    practitionerId,
    unitIds,
    isHealthProfessional,
    requestId: null,
  }
}

async function seedOrganization(
  { tx, cptsId }: Place,
  organization: Pick<Organization, 'name' | 'kind' | 'finess'> & { units?: readonly (readonly [string, string])[] },
): Promise<UnitId[]> {
  const { units = [], ...columns } = organization
  const id = newId(OrganizationId)
  await tx.insert(organizations).values({ cptsId, id, ...columns })
  const rows = units.map(([name, phone]) => ({ cptsId, id: newId(UnitId), organizationId: id, name, phone }))
  if (rows.length > 0) await tx.insert(organizationUnits).values(rows)
  return rows.map((row) => row.id)
}

/** The hospital of both CPTS: the same FINESS and the same names, so that a ward is known on both sides. */
const hospital = {
  name: 'CH du Vidourle',
  kind: 'hospital',
  finess: '349900011',
  units: [
    ['Orthopédie', '+33465710101'],
    ['Gériatrie', '+33465710102'],
    ['Médecine', '+33465710103'],
  ],
} as const

const clinic = {
  name: 'Clinique des Micocouliers',
  kind: 'clinic',
  finess: '349900029',
  units: [['Soins de suite', '+33465710204']],
} as const

const wardStaff = [
  { email: emailOf('hopital'), displayName: 'Ophélie Salicornier' },
  { email: 'geriatrie@ch-vidourle.example', displayName: 'Brice Calmérac' },
  { email: 'medecine@ch-vidourle.example', displayName: 'Awa Lentisquier' },
  { email: 'suite@micocouliers.example', displayName: 'Joëlle Estagniol' },
] as const

async function seedWards(place: Place, count: number): Promise<DemoWorld['wards']> {
  const unitIds = [...(await seedOrganization(place, hospital)), ...(await seedOrganization(place, clinic))]
  await seedTemplates(place.tx, place.cptsId, unitIds.slice(0, count), place.since)
  const phones = [...hospital.units, ...clinic.units].map(([, phone]) => phone)
  const wards: DemoWorld['wards'][number][] = []
  for (const [index, staff] of wardStaff.slice(0, count).entries()) {
    const unitId = unitIds[index]
    const phone = phones[index]
    if (!unitId || !phone) continue
    const actor = await seedPerson(place, {
      ...staff,
      role: 'hospital_staff',
      unitIds: [unitId],
      isHealthProfessional: true,
    })
    wards.push({ actor, unitId, phone })
  }
  return wards
}

async function seedCarerAccounts(place: Place, directory: DemoDirectory): Promise<void> {
  for (const carer of directory) {
    if (!carer.account) continue
    const { displayName, id: practitionerId } = carer
    const person = { email: emailOf(carer.account), displayName, practitionerId, isHealthProfessional: true }
    carer.actor = await seedPerson(place, { ...person, role: 'practitioner' })
  }
}

/** The coordination of the Pays de Lunel, those who ask it for help, and the accounts of the directory. */
export async function seedLunelPeople(place: Place, directory: DemoDirectory): Promise<People> {
  const coordinators = [
    await seedPerson(place, {
      email: emailOf('coordination'),
      displayName: 'Nadia Ponantais',
      role: 'coordinator',
      isHealthProfessional: true,
    }),
    await seedPerson(place, { email: emailOf('hugo.montarlier'), displayName: 'Hugo Montarlier', role: 'coordinator' }),
    await seedPerson(place, {
      email: emailOf('coordination2'),
      displayName: 'Perrine Valmargues',
      role: 'coordinator',
      isHealthProfessional: true,
    }),
  ]
  await seedPerson(place, { email: emailOf('admin'), displayName: 'Gaël Verdoulière', role: 'administrator' })
  await seedOrganization(place, { name: 'CCAS de Lunel', kind: 'ccas', finess: null })
  await seedOrganization(place, { name: 'Dispositif d’appui des Garrigues', kind: 'dac', finess: null })
  await seedOrganization(place, { name: 'Résidence Les Capitelles', kind: 'nursing-home', finess: '349900037' })
  const requesters = [
    await seedPerson(place, { email: emailOf('ccas'), displayName: 'Mireille Oliveyras', role: 'requester' }),
    await seedPerson(place, { email: emailOf('dac'), displayName: 'Ismaël Gravezonne', role: 'requester' }),
  ]
  await seedCarerAccounts(place, directory)
  return { coordinators, requesters, wards: await seedWards(place, 4) }
}

/** The neighbour: one coordinator, and the wards that both share. */
export async function seedVoisinePeople(place: Place, directory: DemoDirectory): Promise<People> {
  const person = {
    email: 'coordination@voisine.maillage.example',
    displayName: 'Fatou Rochebelline',
    role: 'coordinator',
  } as const
  const coordinators = [await seedPerson(place, { ...person, isHealthProfessional: true })]
  await seedCarerAccounts(place, directory)
  return { coordinators, requesters: [], wards: await seedWards(place, 2) }
}
