import { type BoardCard, DischargeBoard } from '@maillage/contracts/discharges/discharge-board'
import { type ComputedRef, computed, type Ref, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useNow } from '../../../platform/clock.ts'
import { useHttp } from '../../../platform/http.ts'
import { useLive } from '../../../platform/live.ts'
import { type Load, useLoad } from '../../../platform/use-load.ts'
import { parisDay, parisDaysLater } from '../../../ui/words/paris-time.ts'
import { type BoardColumnData, boardColumns } from './board-columns.ts'
import { unitInWords } from './board-words.ts'

/** As many columns of a day as a desk shows beside « Plus tard ». */
const shownDays = 4

export interface Board {
  load: Load<DischargeBoard>
  columns: ComputedRef<BoardColumnData[]>
  /** Every card of the wards chosen, in the order of their dates. */
  cards: ComputedRef<BoardCard[]>
  units: ComputedRef<string[]>
  unit: ComputedRef<string | undefined>
  from: ComputedRef<string>
  isToday: ComputedRef<boolean>
  /** How many discharges somebody else changed since the board was read: they enter when asked. */
  changes: Readonly<Ref<number>>
  refresh: () => Promise<void>
  setUnit: (unit: string | undefined) => Promise<void>
  /** Begins so many days later or earlier; without a number, today. */
  go: (days?: number) => Promise<void>
}

const aDay = /^\d{4}-\d{2}-\d{2}$/

/** The board of the discharges: where it begins and which ward stand in the address; changes wait to be asked for. */
export function useBoard(): Board {
  const http = useHttp()
  const route = useRoute()
  const router = useRouter()
  const now = useNow()
  const today = computed(() => parisDay(now.value))
  const from = computed(() => {
    const asked = route.query.du
    return typeof asked === 'string' && aDay.test(asked) && asked > today.value ? asked : today.value
  })
  const unit = computed(() => (typeof route.query.service === 'string' ? route.query.service : undefined))
  const load = useLoad(
    (signal) =>
      http.get('/hospital-discharges/board', DischargeBoard, { query: { from: from.value, days: shownDays }, signal }),
    from,
  )
  const changed = ref(new Set<string>())
  useLive((news) => {
    if (news.what === 'reset') changed.value = new Set(['reset'])
    if (news.what !== 'case' || (news.kind !== null && news.kind !== 'hospital-discharge')) return
    const isShown = load.data.value?.items.some(({ id }) => id === news.id) ?? false
    // Without a kind, only what is on the board is known to be of it.
    if (news.own || (news.kind === null && !isShown)) return
    changed.value = new Set([...changed.value, news.id])
  })
  const refresh = async (): Promise<void> => {
    changed.value = new Set()
    await load.reload()
  }
  const all = computed(() => load.data.value?.items ?? [])
  const units = computed(() =>
    [...new Set(all.value.map(unitInWords))].sort((one, other) => one.localeCompare(other, 'fr')),
  )
  const cards = computed(() => all.value.filter((card) => !unit.value || unitInWords(card) === unit.value))
  const ask = async (query: Record<string, string | undefined>): Promise<void> => {
    await router.push({ query: { ...route.query, ...query } })
  }
  return {
    load,
    cards,
    columns: computed(() => boardColumns(cards.value, from.value, shownDays, now.value)),
    units,
    unit,
    from,
    isToday: computed(() => from.value === today.value),
    changes: computed(() => changed.value.size),
    refresh,
    setUnit: (chosen) => ask({ service: chosen }),
    go: (days) => {
      const to = days === undefined ? today.value : parisDaysLater(from.value, days)
      return ask({ du: to > today.value ? to : undefined })
    },
  }
}
