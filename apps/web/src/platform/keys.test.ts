import { expect, test } from 'vitest'
import { ariaKeys, isCharacter, type KeyPress, pressName } from './keys/key-names.ts'
import { createShortcuts, type PressedIn } from './keys.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const typed = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({ ...plain, key, ...held })
const onPage: PressedIn = { layer: null, isTyping: false, isMenu: false }

/** A registry whose acts write down what ran. */
function registry() {
  const time = { at: 0 }
  const shortcuts = createShortcuts(() => time.at)
  const ran: string[] = []
  const add = (name: string, ...keys: string[]): (() => void) =>
    shortcuts.add(
      name,
      () => keys.map((key) => ({ keys: key, label: key, run: () => ran.push(`${name} ${key}`) })),
      () => null,
    )
  const press = (key: string, where: Partial<PressedIn> = {}): boolean =>
    shortcuts.press(typed(key), { ...onPage, ...where })
  return { shortcuts, ran, add, press, time }
}

test('a key is named after what it types, wherever the layout puts it', () => {
  expect(pressName(typed('?', { shiftKey: true }))).toBe('?')
  expect(pressName(typed('J', { shiftKey: false }))).toBe('j')
  expect(pressName(typed('J', { shiftKey: true }))).toBe('shift+j')
  expect(pressName(typed('k', { metaKey: true }))).toBe('mod+k')
  expect(pressName(typed('Enter', { ctrlKey: true }))).toBe('mod+Enter')
  expect(pressName(typed('@', { ctrlKey: true, altKey: true }))).toBeUndefined()
  expect(pressName(typed('Shift', { shiftKey: true }))).toBeUndefined()
})

test('the newest component answers first, and gives the key back when it leaves', () => {
  const { ran, add, press } = registry()
  add('page', 'j')
  const leave = add('volet', 'j')
  press('j')
  leave()
  press('j')
  expect(ran).toEqual(['volet j', 'page j'])
})

test('an act that does not want the key leaves it to the next one', () => {
  const { shortcuts, ran, add, press } = registry()
  add('page', 'Escape')
  shortcuts.add(
    'volet',
    () => [{ keys: 'Escape', run: () => false }],
    () => null,
  )
  expect(press('Escape')).toBe(true)
  expect(ran).toEqual(['page Escape'])
})

test('a sequence waits one second for its second letter', () => {
  const { ran, add, press, time } = registry()
  add('aller', 'g f', 'f')
  press('g')
  time.at = 900
  press('f')
  press('g')
  time.at = 2000
  press('f')
  press('g')
  expect(press('z')).toBe(true)
  expect(ran).toEqual(['aller g f', 'aller f'])
})

test('a field and a menu keep their letters; Ctrl works from a field', () => {
  const { shortcuts, ran, add, press } = registry()
  add('page', 'j', 'mod+k')
  expect(press('j', { isTyping: true })).toBe(false)
  expect(press('j', { isMenu: true })).toBe(false)
  expect(press('j', { layer: 'a dialog' })).toBe(false)
  expect(shortcuts.press(typed('k', { ctrlKey: true }), { ...onPage, isTyping: true })).toBe(true)
  expect(ran).toEqual(['page mod+k'])
})

test('letters can be turned off; named keys and Ctrl go on working', () => {
  const { shortcuts, ran, add, press } = registry()
  add('page', 'j', '?', 'g f', 'Enter', 'mod+k')
  shortcuts.letters.value = false
  for (const key of ['j', '?', 'g', 'f', 'Enter']) press(key)
  shortcuts.press(typed('k', { ctrlKey: true }), onPage)
  expect(ran).toEqual(['page Enter', 'page mod+k'])
})

test('the help lists each key once, with the words of the component that answers', () => {
  const { shortcuts, add } = registry()
  add('File', 'j', 'k')
  shortcuts.add(
    'Dossier',
    () => [{ keys: 'j', label: 'Besoin suivant', run: () => true }],
    () => null,
  )
  shortcuts.add(
    'Sans mots',
    () => [{ keys: 'q', run: () => true }],
    () => null,
  )
  expect(shortcuts.groups.value.map(({ name, shortcuts: own }) => [name, own.map(({ label }) => label)])).toEqual([
    ['Dossier', ['Besoin suivant']],
    ['File', ['k']],
  ])
})

test('a control names its key as screen readers expect it', () => {
  expect(ariaKeys('mod+k')).toBe('Control+K Meta+K')
  expect(ariaKeys('/')).toBe('/')
  expect(ariaKeys('g f')).toBeUndefined()
})

test('only characters are letters that a voice could type', () => {
  expect(['j', '?', 'g f', 'shift+j'].every(isCharacter)).toBe(true)
  expect(['Enter', ' ', 'mod+k', 'Escape'].some(isCharacter)).toBe(false)
})
