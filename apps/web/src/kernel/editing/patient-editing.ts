import type { Patient } from '@maillage/contracts/patients'
import { phoneInWords } from '../../ui/words/typography.ts'
import { PatientForm, patientBody } from '../fields/patient-form.ts'

const parts = ['caregiver', 'trustedPerson', 'guardian'] as const

/** As people write a number; the form reads it back. */
const spoken = (phone: string | undefined): string => (phone ? phoneInWords(phone).replaceAll(/\s/g, ' ') : '')

/** A patient's file as its form holds it: the first two phones, and the first person to call. */
export function formOfPatient(patient: Patient): PatientForm {
  const { address } = patient
  const contactPart = parts.find((part) => patient[part] !== null) ?? 'caregiver'
  const contact = patient[contactPart]
  return PatientForm.parse({
    ...patient,
    lastName: patient.lastName === patient.birthName ? '' : patient.lastName,
    phone: spoken(patient.phones[0]),
    otherPhone: spoken(patient.phones[1]),
    email: patient.email ?? '',
    line: address.line ?? '',
    complement: address.complement ?? '',
    commune: {
      code: address.municipality,
      name: address.municipalityName,
      postalCode: address.postalCode ?? '',
      inTerritory: true,
    },
    contactPart,
    contactName: contact?.name ?? '',
    contactRelationship: contact?.relationship ?? '',
    contactPhone: spoken(contact?.phone),
    interpreterLanguage: patient.interpreterLanguage ?? '',
    hoursToCall: patient.hoursToCall ?? '',
  })
}

/** The whole file to send: what the form shows, and what it does not show as it was. */
export function patientChange(form: PatientForm, patient: Patient): Record<string, unknown> {
  const shown = formOfPatient(patient).contactPart
  const kept = parts.filter((part) => part !== shown && part !== form.contactPart)
  const others = Object.fromEntries(kept.flatMap((part) => (patient[part] ? [[part, patient[part]]] : [])))
  const { phones, ...body } = patientBody(form)
  const first = Array.isArray(phones) ? phones : []
  return { ...others, ...body, phones: [...first, ...patient.phones.slice(2)], version: patient.version }
}
