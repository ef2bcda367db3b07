import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { filesOfScreens } from './vite-plugins/chunks.ts'
import { compiledAtOnce } from './vite-plugins/compiled-at-once.ts'
import { compressed } from './vite-plugins/compressed.ts'
import { firstFiles } from './vite-plugins/first-files.ts'
import { leanUi } from './vite-plugins/lean-ui.ts'
import { serviceWorker } from './vite-plugins/service-worker.ts'

/** Where the API answers while the screens are written. */
const api = 'http://127.0.0.1:3000'

// Written in full: Tailwind finds classes by reading the files.
const solidHover = {
  primary: 'hover:bg-primary/90 active:bg-primary/90',
  success: 'hover:bg-success/90 active:bg-success/90',
  info: 'hover:bg-info/90 active:bg-info/90',
  warning: 'hover:bg-warning/90 active:bg-warning/90',
  error: 'hover:bg-error/90 active:bg-error/90',
}

// Components are imported by hand (`@nuxt/ui/components/Button.vue`): a reader and the type checker see where each
// comes from, and a new clone type-checks before its first build.
export default defineConfig({
  server: {
    host: '127.0.0.1',
    port: 5173,
    // The public pages are the API's; `/demande-en-ligne` is a screen.
    proxy: { '/api': api, '^/(demande|suivi)(?![\\w-])': api },
  },
  plugins: [
    leanUi(),
    vue(),
    ui({
      // Styles and themes of the components in use only: half of the style sheet.
      experimental: { componentDetection: true },
      components: false,
      autoImport: false,
      dts: false,
      // The theme is ours (`platform/theme.ts`, `public/theme.js`): it must be set before the first paint.
      colorMode: false,
      ui: {
        colors: {
          primary: 'canard',
          neutral: 'craie',
          success: 'sauge',
          warning: 'ocre',
          error: 'brique',
          info: 'ciel',
        },
        button: {
          // The thumb's size on a phone, whatever the size asked for. Disabled, a solid label still reads at 4.5:1.
          slots: {
            base: 'max-sm:min-h-11 max-sm:min-w-11 max-sm:justify-center disabled:opacity-85 aria-disabled:opacity-85',
          },
          variants: { size: { md: { leadingIcon: 'size-4' } } },
          // The library fades a solid button to 75 % under the pointer: its label would fall under 4.5:1.
          compoundVariants: (['primary', 'success', 'info', 'warning', 'error'] as const).map((color) => ({
            color,
            variant: 'solid' as const,
            class: solidHover[color],
          })),
        },
      },
      theme: { colors: ['primary', 'success', 'info', 'warning', 'error'] },
      // Icons are named in the scripts too (navigation, words): the scanner reads templates alone by default.
      icon: { clientBundle: { scan: { globInclude: ['src/**/*.{ts,vue}'] } } },
    }),
    compiledAtOnce(),
    firstFiles(),
    serviceWorker(),
    compressed(),
  ],
  build: { target: 'es2022', manifest: true, rolldownOptions: { output: { codeSplitting: filesOfScreens() } } },
})
