import { type ComputedRef, computed, onBeforeUnmount, onMounted, type Ref, shallowRef, watch } from 'vue'
import { openingWindow, type RowWindow, rowWindow, scrollToShow } from './row-window.ts'

export interface Windowing {
  window: ComputedRef<RowWindow>
  /** How many rows fit in the box. */
  page: () => number
  onScroll: () => void
  /** Scrolls by what is needed for a row to be whole. */
  show: (row: number) => void
}

const headHeight = 28
/** The least that stands above and under the rows of a list. */
const around = 160

/** Which rows stand on the page as the box scrolls and changes size. */
export function useRowWindow(
  box: Readonly<Ref<HTMLElement | null>>,
  rowHeight: Readonly<Ref<number>>,
  head: Readonly<Ref<boolean>>,
  count: () => number,
): Windowing {
  const scrollTop = shallowRef(0)
  const height = shallowRef(800)
  const isOpening = shallowRef(true)
  // Compared by its two numbers: a frame that changes neither asks for no rendering.
  const key = computed(() => {
    const { first, end } =
      isOpening.value && scrollTop.value === 0
        ? openingWindow(innerHeight - around, rowHeight.value, count())
        : rowWindow(scrollTop.value, height.value, rowHeight.value, count())
    return `${first} ${end}`
  })
  const window = computed<RowWindow>(() => {
    const [first = 0, end = 0] = key.value.split(' ').map(Number)
    return { first, end }
  })
  const onScroll = (): void => {
    if (box.value) scrollTop.value = box.value.scrollTop
  }
  const size = new ResizeObserver(([entry]) => {
    if (entry) height.value = entry.contentRect.height
  })
  watch(
    box,
    (element, before) => {
      if (before) size.unobserve(before)
      if (element) size.observe(element)
      // A new box begins at its top. To ask it would lay the page out once more before its first paint.
      scrollTop.value = 0
    },
    { flush: 'post', immediate: true },
  )
  // A frame is painted once the next one begins: the rows around those in sight come then.
  const opened = (): void => {
    isOpening.value = false
  }
  onMounted(() => requestAnimationFrame(() => requestAnimationFrame(opened)))
  onBeforeUnmount(() => size.disconnect())
  const headOf = (): number => (head.value ? headHeight : 0)
  const show = (row: number): void => {
    const element = box.value
    if (!element) return
    const place = { scrollTop: element.scrollTop, height: height.value, rowHeight: rowHeight.value, head: headOf() }
    const to = scrollToShow(row, place)
    if (to === undefined) return
    element.scrollTop = to
    // At once, not with the next frame: the row that takes the focus must be there.
    onScroll()
  }
  const page = (): number => Math.max(1, Math.floor((height.value - headOf()) / rowHeight.value) - 1)
  return { window, page, onScroll, show }
}
