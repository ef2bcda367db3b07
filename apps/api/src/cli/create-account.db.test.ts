import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { aCpts } from '../../test/builders/accounts.ts'
import { prepare } from '../../test/builders/as-owner.ts'
import { firstSignIn } from '../../test/builders/enrolled.ts'
import { notices } from '../kernel/notices/notices.table.ts'
import { readConfig } from '../platform/config.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import type { Command } from './command.ts'
import { createAccount } from './create-account.ts'
import { createCpts } from './create-cpts.ts'
import { createUnit } from './create-unit.ts'

let tested: TestApp
let said: string[]

beforeAll(async () => {
  tested = await buildTestApp()
  await aCpts(tested, { name: 'CPTS première' })
})

afterAll(async () => {
  await tested.close()
})

const run = async (command: Command, ...args: string[]): Promise<string> => {
  said = []
  const { db, now } = tested.deps
  const say = (line: string): void => void said.push(line)
  const config = readConfig({}, '/nowhere')
  await command.run({ config, migrations: [], db, now, asOwner: (work) => prepare(tested, work), say }, args)
  return said.join('\n')
}
const anna = [
  '--email',
  'Anna@Essai.example',
  '--name',
  'Anna Essai',
  '--role',
  'administrator',
  '--cpts',
  'CPTS première',
]

test('an account is created with a password that is printed once, and has a second factor to set up', async () => {
  const password = (await run(createAccount, ...anna)).split(' : ').at(-1) ?? ''
  const payload = { email: 'anna@essai.example', password }
  const opened = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })
  expect([opened.statusCode, opened.json().mustEnrol]).toEqual([201, true])
})

test('whoever was given an account is told so, once a role, without their password', async () => {
  const told = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.kind, 'account-opened')))
  expect(told).toMatchObject([{ link: { path: '/' }, values: {} }])
})

test('the same person gets another role without another password, and not the same role twice', async () => {
  await expect(run(createAccount, ...anna)).rejects.toThrow('déjà ce rôle')
  const added = await run(createAccount, ...anna.map((word) => (word === 'administrator' ? 'coordinator' : word)))
  expect(added).toBe('Rôle ajouté au compte existant : anna@essai.example')
})

test('a CPTS is created with communes that exist', async () => {
  expect(await run(createCpts, '--name', 'CPTS seconde', '--municipalities', '33063, 2A004')).toContain('2 communes')
  await expect(run(createCpts, '--name', 'x', '--municipalities', '00000')).rejects.toThrow(
    'Communes inconnues : 00000',
  )
})

test.each([
  [['--email', 'x'], '--role attend'],
  [['--what'], 'Option inconnue'],
  [[...anna.slice(0, 6), '--cpts', 'Nulle part'], 'CPTS inconnue'],
  [[...anna.slice(0, 4), '--role', 'hospital_staff', '--cpts', 'CPTS première'], 'au moins un --unit'],
])('%j is explained in French', async (args, words) => {
  const attempt = run(createAccount, ...args)
  await expect(attempt).rejects.toThrow(StartRefusal)
  await expect(attempt).rejects.toThrow(words)
})

test('a second CPTS opens without any screen: a ward, somebody of the ward, and what they may see', async () => {
  await run(createCpts, '--name', 'CPTS du Causse', '--municipalities', '34142')
  const ward = ['--cpts', 'CPTS du Causse', '--organization', 'CH d’essai', '--name', 'Gériatrie']
  const unitId = (await run(createUnit, ...ward, '--phone', '04 65 71 00 00')).split(' : ').at(-1) ?? ''
  await expect(run(createUnit, ...ward)).rejects.toThrow('existe déjà')
  await expect(run(createUnit, ...ward, '--phone', 'le matin')).rejects.toThrow('--phone')
  const nadia = ['--email', 'nadia@essai.example', '--name', 'Nadia Essai', '--role', 'hospital_staff']
  const made = await run(createAccount, ...nadia, '--cpts', 'CPTS du Causse', '--unit', unitId)
  const password = made.split(' : ').at(-1) ?? ''
  const { headers } = await firstSignIn(tested, { email: 'nadia@essai.example', password })
  const me = await tested.app.inject({ url: '/api/v1/me', headers })
  expect(me.json().current).toMatchObject({ role: 'hospital_staff', units: [{ id: unitId, name: 'Gériatrie' }] })
  expect((await tested.app.inject({ url: '/api/v1/hospital-discharges', headers })).json().items).toEqual([])
})
