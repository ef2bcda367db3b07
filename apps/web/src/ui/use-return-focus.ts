import { type Ref, watch } from 'vue'

/** A line of a menu goes away with its menu: what opened the menu stays. */
function lasting(element: Element | null): Element | null {
  const menu = element?.closest('[role="menu"]')
  const trigger = menu?.getAttribute('aria-labelledby')
  return trigger ? document.getElementById(trigger) : element
}

/**
 * Gives the focus back to what opened a dialog that has no trigger of its own; when the act made it go, to the title of
 * the page. Hand the answer to the dialog as `onCloseAutoFocus`.
 */
export function useReturnFocus(open: Readonly<Ref<boolean>>): (event: Event) => void {
  let opener: Element | null = null
  watch(
    open,
    (isOpen) => {
      if (isOpen) opener = lasting(document.activeElement)
    },
    { immediate: true, flush: 'sync' },
  )
  return (event) => {
    const target = opener?.isConnected && opener !== document.body ? opener : document.querySelector('main h1')
    if (!(target instanceof HTMLElement)) return
    event.preventDefault()
    target.focus()
  }
}
