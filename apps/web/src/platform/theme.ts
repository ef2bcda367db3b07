import { useColorMode } from '@vueuse/core'
import type { Ref } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'

/** The theme chosen, or that of the system. `public/theme.js` reads the same key before the first paint. */
export function useTheme(): Ref<Theme> {
  const { store } = useColorMode({ storageKey: 'maillage-theme', initialValue: 'auto', disableTransition: false })
  return store
}
