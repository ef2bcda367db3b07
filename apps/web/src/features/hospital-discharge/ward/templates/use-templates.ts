import {
  type ChangeDischargeTemplate,
  DischargeTemplate,
  DischargeTemplates,
  type NewDischargeTemplate,
} from '@maillage/contracts/discharges/discharge-templates'
import { type ComputedRef, computed } from 'vue'
import * as z from 'zod'
import { useHttp } from '../../../../platform/http.ts'
import { type Act, useAct } from '../../../../platform/use-act.ts'
import { type Load, useLoad } from '../../../../platform/use-load.ts'

export interface Templates {
  load: Load<DischargeTemplate[]>
  items: ComputedRef<DischargeTemplate[]>
  act: Act
  add: (body: z.input<typeof NewDischargeTemplate>) => Promise<boolean>
  change: (template: DischargeTemplate, body: Omit<ChangeDischargeTemplate, 'version'>) => Promise<boolean>
  remove: (template: DischargeTemplate) => Promise<boolean>
}

/** What the ward starts from: read once, and anew after each write. */
export function useTemplates(): Templates {
  const http = useHttp()
  const act = useAct()
  const load = useLoad(async (signal) => (await http.get('/discharge-templates', DischargeTemplates, { signal })).items)
  const write = async (send: () => Promise<unknown>): Promise<boolean> => {
    await act.run(send)
    // Refused because somebody was first: what they made is shown.
    await load.reload()
    return act.failure.value === undefined
  }
  return {
    load,
    items: computed(() => load.data.value ?? []),
    act,
    add: (body) => write(() => http.post('/discharge-templates', body, DischargeTemplate)),
    change: ({ id, version }, body) =>
      write(() => http.put(`/discharge-templates/${id}`, { ...body, version }, DischargeTemplate)),
    remove: ({ id, version }) =>
      write(() => http.delete(`/discharge-templates/${id}`, z.void(), { query: { version } })),
  }
}
