import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import { useLive } from '../../platform/live.ts'
import { timeInWords } from '../../ui/words/dates.ts'

/** A stream that is taken up again at once is nobody's concern. */
const patienceMs = 8000

/** Since when what is on screen may be older than it should, « 10:38 »; undefined while changes come in. */
export function useLostSince(): Readonly<ShallowRef<string | undefined>> {
  const { status } = useLive()
  const lostSince = shallowRef<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => status.value === 'connected',
    (isConnected) => {
      clearTimeout(timer)
      if (isConnected) lostSince.value = undefined
      else {
        const at = timeInWords(new Date())
        timer = setTimeout(() => {
          lostSince.value = at
        }, patienceMs)
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return lostSince
}
