import type * as z from 'zod'
import type { OperationExamples } from '../examples/operation-examples.ts'
import type { ChangeSetting, Setting, Settings } from './settings.ts'

const hold = {
  name: 'slot-hold-minutes',
  value: 20,
  standard: 15,
  min: 5,
  max: 60,
  isSet: true,
  changedAt: '2026-03-02T09:00:00.000Z',
  changedBy: 'Camille Modèle',
  version: 1,
} as const satisfies z.input<typeof Setting>

export const settingExamples = {
  getSettings: { answer: { items: [hold] } satisfies z.input<typeof Settings> },
  putSettingsByName: {
    bodies: {
      longer: { value: 20, version: 0 } satisfies z.input<typeof ChangeSetting>,
      standard: { value: null, version: 1 } satisfies z.input<typeof ChangeSetting>,
    },
    answer: hold,
  },
} satisfies OperationExamples
