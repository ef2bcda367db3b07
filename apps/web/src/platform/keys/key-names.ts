/** What of a keyboard event names a key: the character that it types, so that every layout (AZERTY, BÉPO) agrees. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const isLetter = (key: string): boolean => key.length === 1 && key.toLowerCase() !== key.toUpperCase()

/**
 * The name under which a press is registered: `j`, `shift+j`, `?`, `Enter`, `mod+k` (Ctrl or Cmd). Nothing for a press
 * with Alt, whose meaning belongs to the system and to the layout.
 */
export function pressName(press: KeyPress): string | undefined {
  // AltGr reads as Ctrl + Alt: what it types is a character like any other, but never a shortcut of ours.
  if (press.altKey || ['Control', 'Shift', 'Meta', 'Alt', 'AltGraph', 'Dead', 'Process'].includes(press.key)) {
    return undefined
  }
  const letter = isLetter(press.key)
  // A sign such as « ? » needs Shift on some layouts and not on others: only letters and named keys tell it apart.
  const shifted = press.shiftKey && (letter || press.key.length > 1)
  const name = `${shifted ? 'shift+' : ''}${letter ? press.key.toLowerCase() : press.key}`
  return press.ctrlKey || press.metaKey ? `mod+${name}` : name
}

/** A single character (or a sequence of them): what a person who dictates types by accident, hence can turn off. */
export function isCharacter(keys: string): boolean {
  return keys !== ' ' && keys.split(' ').every((key) => key.length === 1 || /^shift\+.$/.test(key))
}

/** The steps of a combination: `g f` is two presses, a lone space is one. */
export function stepsOf(keys: string): readonly string[] {
  return keys === ' ' ? [keys] : keys.split(' ')
}

/** The value of `aria-keyshortcuts` for a control that a combination presses; nothing for a sequence, which it cannot say. */
export function ariaKeys(keys: string): string | undefined {
  const steps = stepsOf(keys)
  if (steps.length > 1) return undefined
  if (keys === ' ') return 'Space'
  if (!keys.startsWith('mod+')) return keys.replace('shift+', 'Shift+')
  const rest = keys.slice(4)
  const name = isLetter(rest) ? rest.toUpperCase() : rest
  return `Control+${name} Meta+${name}`
}
