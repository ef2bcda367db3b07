import { OpenGpSearch } from '@maillage/contracts/gp-search'
import { OpenUnscheduledCare, redFlags } from '@maillage/contracts/unscheduled-care'
import { expect, test } from 'vitest'
import { faultsOfContract } from '../../kernel/fields/faults.ts'
import { intakeFaultWords } from './intake.messages.ts'
import { emergencyBody, IntakeForm, intakeBody, raisedFlags } from './intake-form.ts'

const context = { role: 'coordinator' as const, informedBy: 'Claire Bonnet', now: new Date('2026-11-24T09:44:00Z') }
const patient = {
  birthName: 'Guiraud',
  firstName: 'Maëlys',
  birthDate: '2009-05-12',
  sex: 'female',
  phone: '06 39 98 14 27',
  commune: { code: '30083', name: 'Codognan', postalCode: '30920', inTerritory: true },
}
const no = Object.fromEntries(redFlags.map((flag) => [flag, 'no']))
const { confusion: _unanswered, ...allButConfusion } = no

test('a search typed on the phone opens, and what was not asked is not sent', () => {
  const form = IntakeForm.parse({
    patient,
    consent: true,
    situation: { hasLongTermCondition: true },
    treatmentDaysLeft: '12',
    lossReason: 'retired',
    languages: 'arabe, espagnol',
    doctorsContacted: 'Dr Vasseur ; Dr Courtade',
  })
  const body = OpenGpSearch.parse(intakeBody('gp-search', form, context))
  expect(body.channel).toBe('phone')
  expect(body.details).toEqual({
    hasLongTermCondition: true,
    treatmentDaysLeft: 12,
    previousGp: { lossReason: 'retired' },
    doctorsAlreadyContacted: ['Dr Vasseur', 'Dr Courtade'],
    preferences: { languages: ['arabe', 'espagnol'] },
  })
  expect(body.household).toBeUndefined()
})

test('a household lives at one address', () => {
  const form = IntakeForm.parse({
    patient,
    consent: true,
    household: [{ ...patient, firstName: 'Noé', commune: undefined, phone: '' }],
  })
  const body = OpenGpSearch.parse(intakeBody('gp-search', form, context))
  expect(body.household?.[0]?.patient).toMatchObject({ firstName: 'Noé', address: { municipality: '30083' } })
})

test('a relative who calls becomes somebody to call back', () => {
  const form = IntakeForm.parse({
    patient,
    caller: 'relative',
    callerName: 'Sandrine Guiraud, sa mère',
    callerPhone: '06 39 98 14 28',
  })
  expect(intakeBody('gp-search', form, context).patient).toMatchObject({
    caregiver: { name: 'Sandrine Guiraud, sa mère', phone: '+33639981428' },
  })
})

test('each sign of alert must be answered, and says which one is missing', () => {
  const form = IntakeForm.parse({
    patient,
    consent: true,
    reason: 'Mal de gorge',
    redFlags: allButConfusion,
  })
  const read = OpenUnscheduledCare.safeParse(intakeBody('unscheduled-care', form, context))
  const faults = read.success ? [] : faultsOfContract(read.error, intakeFaultWords)
  expect(faults.map(({ text }) => text)).toEqual(['Signe d’alerte à vérifier\u00A0: confusion, propos incohérents.'])
})

test('an unscheduled request may say that it can wait, and nothing more about its level', () => {
  const form = IntakeForm.parse({ patient, consent: true, reason: 'Mal de gorge', redFlags: no, canWait: true })
  expect(OpenUnscheduledCare.parse(intakeBody('unscheduled-care', form, context))).toMatchObject({
    requestedLevel: 'U3',
  })
  expect(raisedFlags(form)).toEqual([])
})

test('one yes stops the request: what is kept is who and why, no consent is asked', () => {
  const form = IntakeForm.parse({ patient, consent: true, canWait: true, redFlags: { chest_pain: 'yes' } })
  expect(raisedFlags(form)).toEqual(['chest_pain'])
  const body = OpenUnscheduledCare.parse(emergencyBody(form, context, 'Douleur dans la poitrine'))
  expect(body.redFlags.chest_pain).toBe(true)
  expect(body.consent).toBeUndefined()
  expect(body.details).toEqual({ reason: 'Douleur dans la poitrine' })
})

test('another professional who types is a professional, not a phone call', () => {
  const form = IntakeForm.parse({ patient })
  expect(intakeBody('gp-search', form, { ...context, role: 'requester' }).channel).toBe('professional')
})

test('a draft of another version restores what it can', () => {
  expect(IntakeForm.parse({ caller: 'neighbour', reason: 'Fièvre', redFlags: { unknown: 'yes' } })).toMatchObject({
    caller: 'patient',
    reason: 'Fièvre',
    redFlags: {},
  })
})
