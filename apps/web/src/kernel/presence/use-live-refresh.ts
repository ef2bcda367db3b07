import type { CaseHeader } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { onScopeDispose, type Ref } from 'vue'
import { useLive } from '../../platform/live.ts'
import type { Act } from '../../platform/use-act.ts'
import type { Load } from '../../platform/use-load.ts'

const retryMs = 400

/** A dialog over the case, other than the pane that holds the case itself. */
const isDialogOpen = (): boolean =>
  [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].some(
    (dialog) => dialog.querySelector('article[data-view]') === null,
  )

/**
 * Reads the open case anew when somebody else changed it. Never under a dialog nor during a write: what was opened on
 * one version is sent with that version, so that the server says when somebody was faster instead of overwriting them.
 */
export function useLiveRefresh<T extends CaseHeader>(load: Load<T>, act: Act, id: Readonly<Ref<CaseId>>): void {
  let wanted: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = async (): Promise<void> => {
    clearTimeout(timer)
    const shown = load.data.value
    if (wanted === undefined || !shown) return
    if (act.busy.value || isDialogOpen()) {
      timer = setTimeout(() => void refresh(), retryMs)
      return
    }
    const isStale = shown.version < wanted
    wanted = undefined
    if (isStale) await load.reload()
  }
  useLive((news) => {
    if (news.what === 'reset') wanted = Number.POSITIVE_INFINITY
    else if (news.what === 'case' && news.id === id.value) wanted = Math.max(wanted ?? 0, news.version ?? 0)
    else return
    void refresh()
  })
  onScopeDispose(() => clearTimeout(timer))
}
