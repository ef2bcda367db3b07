import type { HandOver } from '@maillage/contracts/coordination/hand-over'
import type { ReminderLine } from '@maillage/contracts/coordination/reminders'
import { AccountId, type CaseId } from '@maillage/contracts/kit/ids'
import type { WorklistItem } from '@maillage/contracts/worklist'
import { useToast } from '@nuxt/ui/composables'
import { computed, ref } from 'vue'
import { useRoute } from 'vue-router'
import { useColleagues } from '../../kernel/colleagues.ts'
import { useHttp } from '../../platform/http.ts'
import { explain } from '../../platform/problem-text.ts'
import { useUndo } from '../../platform/undo.ts'
import { useLoad } from '../../platform/use-load.ts'
import { counted } from '../../ui/words/typography.ts'
import { type Given, giveAll } from './giving.ts'
import { type HandOverApi, handOverApi } from './handover.api.ts'

export const dayChoices = [1, 3, 7, 14] as const
const defaultDays = 7

export interface HandedOver {
  about: HandOver
  cases: WorklistItem[]
  callbacks: ReminderLine[]
}

/** What may be passed on: the ticked cases with the callbacks that go with them. */
interface Chosen {
  cases: WorklistItem[]
  callbacks: ReminderLine[]
}

/** Passes the chosen on, says what came of it, and offers to undo it; `onChanged` reads the page anew. */
function useGiving(api: HandOverApi, nameOf: (id: AccountId) => string, onChanged: () => Promise<void>) {
  const toast = useToast()
  const undo = useUndo()
  const progress = ref<number>()

  const tell = (given: Given, name: string): void => {
    if (given.cases + given.callbacks > 0) {
      const done = given.cases > 0 ? counted(given.cases, 'dossier confié', 'dossiers confiés') : 'Rappels confiés'
      undo.offerUndo({
        text: `${done} à ${name}`,
        undo: async () => {
          await given.undo()
          await onChanged()
        },
      })
    }
    const [first] = given.refused
    if (!first) return
    toast.add({
      title: `Resté à sa place\u00A0: ${given.refused.map((one) => one.name).join(', ')}`,
      description: explain(first.error).text,
      color: 'error',
    })
  }
  const give = async (chosen: Chosen, to: AccountId): Promise<void> => {
    progress.value = 0
    const given = await giveAll(api, chosen, to, (done) => {
      progress.value = done
    })
    progress.value = undefined
    tell(given, nameOf(to))
    await onChanged()
  }
  return { progress, give }
}

/** Whose cases the address names, what must be known of them, which are ticked, and passing them on. */
export function useHandOver() {
  const api = handOverApi(useHttp())
  const route = useRoute()
  const colleagues = useColleagues()
  const owner = computed(() => AccountId.safeParse(route.query.pour).data ?? colleagues.myId())
  const days = computed(() => dayChoices.find((choice) => String(choice) === route.query.jours) ?? defaultDays)
  const isMine = computed(() => owner.value === colleagues.myId())
  const ticked = ref(new Set<CaseId>())

  const load = useLoad(
    async (signal): Promise<HandedOver | undefined> => {
      const id = owner.value
      if (!id) return undefined
      const [about, cases, callbacks] = await Promise.all([
        api.about(id, days.value, signal),
        api.cases(id, signal),
        api.callbacks(id, signal),
      ])
      ticked.value = new Set(cases.map((item) => item.id))
      // A callback of nobody on a case of nobody is everyone's: it is not handed over.
      return { about, cases, callbacks: callbacks.filter((line) => line.assignee !== null || line.case.owner !== null) }
    },
    () => [owner.value, days.value],
  )
  const chosen = computed((): Chosen => {
    const { cases = [], callbacks = [] } = load.data.value ?? {}
    const isWhole = ticked.value.size === cases.length
    // A callback on a case that goes follows it; one on somebody else's case goes when everything goes.
    const goes = ({ case: { id, owner: held } }: ReminderLine): boolean =>
      ticked.value.has(id) || (isWhole && held?.id !== owner.value)
    return {
      cases: cases.filter(({ id }) => ticked.value.has(id)),
      callbacks: callbacks.filter((line) => line.assignee?.id === owner.value && goes(line)),
    }
  })
  const nameOf = (id: AccountId): string =>
    colleagues.load.data.value?.find((one) => one.id === id)?.displayName ?? 'votre collègue'
  const { progress, give } = useGiving(api, nameOf, load.reload)
  return {
    load,
    owner,
    days,
    isMine,
    ticked,
    chosen,
    progress,
    give: (to: AccountId) => give(chosen.value, to),
    colleagues,
  }
}
