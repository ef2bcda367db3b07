import {
  computed,
  getCurrentInstance,
  type InjectionKey,
  inject,
  type MaybeRefOrGetter,
  onScopeDispose,
  type Ref,
  ref,
  shallowReactive,
  toValue,
} from 'vue'
import { isCharacter, type KeyPress, pressName, stepsOf } from './keys/key-names.ts'

/** One shortcut, said once: what runs it is also what the help lists. */
export interface Shortcut {
  /** `j`, `g f` (one after the other), `mod+k` (Ctrl or Cmd), `?`, `Enter`; several names for the same act as a list. */
  readonly keys: string | readonly string[]
  /** What it does, as the help says it; without words it is not listed (a second way of doing what another line says). */
  readonly label?: string
  /** `false` leaves the key to whoever comes next, and to the browser. */
  readonly run: () => unknown
  /** While false the key does nothing here; the help lists it all the same. */
  readonly when?: () => boolean
}

/** The shortcuts of a component, under the words that head them in the help. */
export interface ShortcutGroup {
  readonly name: string
  readonly shortcuts: readonly Shortcut[]
}

/** Where a press happened: the page and each dialog have their own keys; a field or a menu keeps its letters. */
export interface PressedIn {
  readonly layer: unknown
  readonly isTyping: boolean
  readonly isMenu: boolean
}

interface Registered {
  readonly name: string
  readonly shortcuts: () => readonly Shortcut[]
  readonly layer: () => unknown
}

export interface Shortcuts {
  /** False when the person turned single letters off: combinations with Ctrl and named keys still work. */
  readonly letters: Ref<boolean>
  /** What works now, newest component first, for the help. */
  readonly groups: Readonly<Ref<readonly ShortcutGroup[]>>
  add: (name: string, shortcuts: () => readonly Shortcut[], layer: () => unknown) => () => void
  /** True when a shortcut took the press. */
  press: (press: KeyPress, where: PressedIn) => boolean
}

const sequenceWithin = 1_000
const namesOf = ({ keys }: Shortcut): readonly string[] => (typeof keys === 'string' ? [keys] : keys)

/** The registry of the page's shortcuts: one for the application, made by App.vue. */
export function createShortcuts(now: () => number = () => performance.now()): Shortcuts {
  const registered = shallowReactive<Registered[]>([])
  const letters = ref(true)
  let begun: { keys: string; at: number } | undefined

  const press = (event: KeyPress, { layer, isTyping, isMenu }: PressedIn): boolean => {
    const name = pressName(event)
    if (name === undefined || isMenu) return false
    const before = begun && now() - begun.at < sequenceWithin ? `${begun.keys} ` : ''
    begun = undefined
    const mayUse = (keys: string): boolean =>
      keys.startsWith('mod+') || (!isTyping && (letters.value || !isCharacter(keys)))
    const offered = registered
      .filter((one) => one.layer() === layer)
      .flatMap((one) => one.shortcuts())
      .flatMap((shortcut) => namesOf(shortcut).map((keys) => ({ keys, shortcut })))
      .filter(({ keys, shortcut }) => mayUse(keys) && (shortcut.when?.() ?? true))
    const pressed = `${before}${name}`
    for (const { keys, shortcut } of offered) if (keys === pressed && shortcut.run() !== false) return true
    const begins = offered.some(({ keys }) => stepsOf(keys).length > 1 && keys.startsWith(`${pressed} `))
    if (begins) begun = { keys: pressed, at: now() }
    // After the first letter of a sequence, a wrong second one does nothing: it was not meant alone.
    return begins || before !== ''
  }
  const add: Shortcuts['add'] = (name, shortcuts, layer) => {
    const one = { name, shortcuts, layer }
    registered.unshift(one)
    return () => void registered.splice(registered.indexOf(one), 1)
  }
  return { letters, groups: computed(() => grouped(registered)), add, press }
}

function grouped(registered: readonly Registered[]): readonly ShortcutGroup[] {
  const groups = new Map<string, Shortcut[]>()
  const taken = new Set<string>()
  for (const { name, shortcuts } of registered) {
    const listed = groups.get(name) ?? []
    for (const shortcut of shortcuts()) {
      const names = namesOf(shortcut)
      if (shortcut.label === undefined || names.every((keys) => taken.has(keys))) continue
      for (const keys of names) taken.add(keys)
      listed.push(shortcut)
    }
    if (listed.length > 0) groups.set(name, listed)
  }
  return [...groups].map(([name, shortcuts]) => ({ name, shortcuts }))
}

const shortcutsKey: InjectionKey<Shortcuts> = Symbol('shortcuts')
const dialogs = '[role="dialog"], [role="alertdialog"]'
const menus = '[role="menu"], [role="listbox"], [role="menubar"]'
const fields = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]'

const pressedIn = (target: EventTarget | null): PressedIn => {
  const element = target instanceof Element ? target : null
  return {
    layer: element?.closest(dialogs) ?? null,
    isTyping: element?.closest(fields) != null,
    isMenu: element?.closest(menus) != null,
  }
}

/** Listens to the whole page while its caller lives, and while `mayAct`: never under a lock. App.vue provides what it gives. */
export function listenForShortcuts(mayAct: () => boolean): { key: typeof shortcutsKey; shortcuts: Shortcuts } {
  const shortcuts = createShortcuts()
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || !mayAct()) return
    if (shortcuts.press(event, pressedIn(event.target))) event.preventDefault()
  }
  document.addEventListener('keydown', onKey)
  onScopeDispose(() => document.removeEventListener('keydown', onKey), true)
  return { key: shortcutsKey, shortcuts }
}

/** The registry itself: for the help, and for the preference that turns letters off. */
export function useShortcutRegistry(): Shortcuts {
  const shortcuts = inject(shortcutsKey)
  if (!shortcuts) throw new Error('No shortcuts were provided: App.vue does it')
  return shortcuts
}

/**
 * The shortcuts of a component, while it lives; the newest component's come first. They work in the layer where the
 * component stands: the page, or the dialog that holds it. In a field only combinations with Ctrl work.
 */
export function useShortcuts(group: string, shortcuts: MaybeRefOrGetter<readonly Shortcut[]>): void {
  const registry = useShortcutRegistry()
  const instance = getCurrentInstance()
  const layer = (): unknown => {
    const root: unknown = instance?.proxy?.$el
    const node = root instanceof Node ? root : null
    return (node instanceof Element ? node : node?.parentElement)?.closest(dialogs) ?? null
  }
  onScopeDispose(registry.add(group, () => toValue(shortcuts), layer))
}
