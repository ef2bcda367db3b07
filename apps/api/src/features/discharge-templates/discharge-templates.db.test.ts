import type { DischargeTemplate } from '@maillage/contracts/discharges/discharge-templates'
import type { CptsId, UnitId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'

let tested: TestApp
let cptsId: CptsId
let unitId: UnitId
let ward: Record<string, string>
let otherWard: Record<string, string>
let coordinator: Record<string, string>
let elsewhere: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp()
  cptsId = await aCpts(tested)
  unitId = (await aUnit(tested, cptsId, 'Orthopédie')).unitId
  ward = (await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })).headers
  otherWard = (await someoneWho(tested, { cptsId, role: 'hospital_staff' })).headers
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  elsewhere = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'hospital_staff' })).headers
})
afterAll(() => tested.close())

const template = (name: string) => ({
  unitId,
  name,
  needs: [
    {
      type: 'physiotherapy',
      frequency: '3 fois par semaine',
      startsAfterHours: 48,
      atHome: true,
      prescriptionAvailable: true,
      vital: false,
    },
  ],
  checklist: { social_evaluation: 'yes' },
})
const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, headers = ward, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1/discharge-templates${path}`, headers, payload })
const made = async (name: string): Promise<DischargeTemplate> => (await call('POST', '', ward, template(name))).json()
const codeOf = (answer: { statusCode: number; json(): { code?: string } }) => [answer.statusCode, answer.json().code]
const names = async (headers: Record<string, string>): Promise<string[]> =>
  (await call('GET', '', headers)).json().items.map(({ name }: DischargeTemplate) => name)

test('a ward keeps, changes and drops what it starts from', async () => {
  const { id, version } = await made('Prothèse de genou')
  expect(await names(ward)).toContain('Prothèse de genou')
  const { unitId: _unit, ...changed } = { ...template('Prothèse de hanche'), version }
  expect((await call('PUT', `/${id}`, ward, changed)).json()).toMatchObject({ name: 'Prothèse de hanche', version: 2 })
  expect((await call('DELETE', `/${id}?version=2`)).statusCode).toBe(204)
  expect(await names(ward)).not.toContain('Prothèse de hanche')
})

test('a template is its ward’s: another ward, another CPTS and other roles know nothing of it', async () => {
  const { id, version } = await made('Canal carpien')
  const { unitId: _unit, ...changed } = { ...template('Pris'), version }
  for (const headers of [otherWard, elsewhere]) {
    expect(await names(headers)).toEqual([])
    expect(codeOf(await call('PUT', `/${id}`, headers, changed))).toEqual([404, 'not-found'])
    expect(codeOf(await call('DELETE', `/${id}?version=1`, headers))).toEqual([404, 'not-found'])
    expect(codeOf(await call('POST', '', headers, template('Chez les autres')))).toEqual([422, 'invalid-field'])
  }
  expect((await call('GET', '', coordinator)).statusCode).toBe(403)
  expect(await names(ward)).toContain('Canal carpien')
})

test('a version seen too early is refused, and a name is given once in a ward', async () => {
  const { id } = await made('Fracture du poignet')
  const { id: other } = await made('Fracture de la cheville')
  const { unitId: _unit, ...body } = template('Fracture du poignet')
  expect(codeOf(await call('PUT', `/${id}`, ward, { ...body, version: 7 }))).toEqual([409, 'version-stale'])
  expect(codeOf(await call('DELETE', `/${id}?version=7`))).toEqual([409, 'version-stale'])
  expect(codeOf(await call('PUT', `/${other}`, ward, { ...body, version: 1 }))).toEqual([409, 'already-exists'])
  expect(codeOf(await call('POST', '', ward, template('Fracture du poignet')))).toEqual([409, 'already-exists'])
})

test('no patient and nobody’s name enters a template', async () => {
  const [need] = template('').needs
  const named = { ...template('Nommé'), needs: [{ ...need, preferredPractitionerId: unitId }] }
  expect((await call('POST', '', ward, named)).statusCode).toBe(422)
  const withPatient = { ...template('Patient'), patient: { firstName: 'Solange' } }
  expect((await call('POST', '', ward, withPatient)).statusCode).toBe(422)
})
