import { type Component, type ShallowRef, shallowRef } from 'vue'

export interface LatePart {
  /** The component, once its files are there. */
  part: Readonly<ShallowRef<Component | undefined>>
  /** Fetches its files and draws nothing yet: the pointer comes near. */
  warm: () => void
  /** Fetches it and draws it; false when it cannot be had just now: the next press tries again. */
  ask: () => Promise<boolean>
}

/** A part of a screen that brings a library of its own and comes when somebody reaches for it, not with the first look. */
export function useLatePart(load: () => Promise<{ default: Component }>): LatePart {
  const part = shallowRef<Component>()
  const warm = (): void => {
    load().catch(() => undefined)
  }
  const ask = async (): Promise<boolean> => {
    const loaded = await load().catch(() => undefined)
    part.value ??= loaded?.default
    return part.value !== undefined
  }
  return { part, warm, ask }
}
