import { nextTick } from 'vue'

const focusable = 'input:not([type=hidden]), textarea, select, button'

/** Brings the keyboard to the field whose wrapper carries `data-pointer`; a parent's serves when the child has none. */
export async function focusField(pointer: string): Promise<void> {
  await nextTick()
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = document.querySelector(`[data-pointer="${CSS.escape(at)}"]`)
    const target = field?.querySelector<HTMLElement>(focusable)
    if (target) {
      target.focus()
      return
    }
  }
}
