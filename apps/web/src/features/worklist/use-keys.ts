import { onBeforeUnmount, onMounted } from 'vue'

/** Typed into a field, or answered by a dialog or a menu: no letter is a shortcut there. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const field = target.closest(
    'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]',
  )
  return field !== null || target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
}

/** Single keys of a page. A handler answers true when it took the key. */
export function useKeys(keys: Readonly<Record<string, () => boolean>>): void {
  const press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
    if (act?.()) event.preventDefault()
  }
  onMounted(() => document.addEventListener('keydown', press))
  onBeforeUnmount(() => document.removeEventListener('keydown', press))
}
