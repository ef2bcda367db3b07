import type { NewDischargeTemplate } from '@maillage/contracts/discharges/discharge-templates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { newId, TemplateId, type UnitId } from '@maillage/contracts/kit/ids'
import { insertTemplate } from '../../src/features/discharge-templates/discharge-template.store.ts'
import type { Db } from '../../src/platform/db/database.ts'

type Template = Omit<NewDischargeTemplate, 'unitId'>
const daily = { atHome: true, prescriptionAvailable: true, vital: false } as const
const day = 24

const orthopaedics: readonly Template[] = [
  {
    name: 'Prothèse de genou',
    needs: [
      {
        ...daily,
        type: 'home-nurse',
        label: 'Pansement simple, injection d’anticoagulant',
        frequency: '1 fois par jour',
        startsAfterHours: 18,
        lastsHours: 14 * day,
        vital: true,
      },
      {
        ...daily,
        type: 'physiotherapy',
        label: 'Rééducation du genou',
        frequency: '3 fois par semaine',
        startsAfterHours: 4 * day,
      },
      { ...daily, type: 'equipment', label: 'Cannes anglaises, attelle', frequency: 'une fois', startsAfterHours: 0 },
      { ...daily, type: 'gp-visit', frequency: 'dans les 7 jours', startsAfterHours: 2 * day },
    ],
    checklist: { readmission_risk: 'no', social_evaluation: 'yes', prescriptions_explained: 'yes', education: 'yes' },
  },
  {
    name: 'Fracture du col du fémur',
    needs: [
      {
        ...daily,
        type: 'home-nurse',
        label: 'Aide à la toilette, injection',
        frequency: '2 fois par jour',
        startsAfterHours: 4,
        vital: true,
      },
      {
        ...daily,
        type: 'physiotherapy',
        label: 'Reprise de la marche',
        frequency: '5 fois par semaine',
        startsAfterHours: 2 * day,
      },
      {
        ...daily,
        type: 'equipment',
        label: 'Lit médicalisé, déambulateur',
        frequency: 'une fois',
        startsAfterHours: -day,
      },
      {
        ...daily,
        type: 'home-help',
        frequency: '2 heures par jour',
        startsAfterHours: day,
        prescriptionAvailable: false,
      },
      { ...daily, type: 'gp-visit', frequency: 'dans les 7 jours', startsAfterHours: 2 * day },
    ],
    checklist: { readmission_risk: 'yes', social_evaluation: 'yes', home_help_contacted: 'yes' },
  },
]
const geriatrics: readonly Template[] = [
  {
    name: 'Retour après décompensation cardiaque',
    needs: [
      {
        ...daily,
        type: 'home-nurse',
        label: 'Surveillance du poids',
        frequency: '2 fois par semaine',
        startsAfterHours: 3 * day,
        vital: true,
      },
      { ...daily, type: 'gp-visit', frequency: 'dans les 7 jours', startsAfterHours: 2 * day },
      {
        ...daily,
        type: 'specialist-visit',
        label: 'Cardiologue',
        frequency: 'dans les 2 mois',
        startsAfterHours: 30 * day,
        atHome: false,
      },
      { ...daily, type: 'meals', frequency: '1 fois par jour', startsAfterHours: day, prescriptionAvailable: false },
    ],
    checklist: { readmission_risk: 'yes', social_evaluation: 'yes' },
  },
]
const maternity: readonly Template[] = [
  {
    name: 'Maternité, retour précoce',
    needs: [
      {
        ...daily,
        type: 'home-nurse',
        label: 'Suivi de la mère et de l’enfant',
        frequency: '1 fois par jour',
        startsAfterHours: 20,
        lastsHours: 5 * day,
        vital: true,
      },
      {
        ...daily,
        type: 'laboratory',
        label: 'Prélèvement de l’enfant',
        frequency: 'une fois',
        startsAfterHours: 2 * day,
      },
    ],
    checklist: { readmission_risk: 'no', social_evaluation: 'yes' },
  },
]

/** By the order of the wards of the demo's hospital: orthopaedics, geriatrics, medicine. */
const byWard = [orthopaedics, geriatrics, maternity]

/** What the demo's wards start their discharges from. */
export async function seedTemplates(tx: Db, cptsId: CptsId, unitIds: readonly UnitId[], now: Date): Promise<void> {
  for (const [index, unitId] of unitIds.entries())
    for (const template of byWard[index] ?? [])
      await insertTemplate(tx, cptsId, { ...template, unitId, id: newId(TemplateId) }, now)
}
