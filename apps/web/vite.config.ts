import ui from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// Components are imported by hand (`@nuxt/ui/components/Button.vue`): a reader and the type checker see where each
// comes from, and a new clone type-checks before its first build.
export default defineConfig({
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
  plugins: [
    vue(),
    ui({
      components: false,
      autoImport: false,
      dts: false,
      // The theme is ours (`platform/theme.ts`, `public/theme.js`): it must be set before the first paint.
      colorMode: false,
      ui: {
        colors: {
          primary: 'canard',
          // @ts-expect-error Nuxt UI types its neutral as one of Tailwind's greys; any palette of the theme works.
          neutral: 'craie',
          success: 'sauge',
          warning: 'ocre',
          error: 'brique',
          info: 'ciel',
        },
        button: { variants: { size: { md: { leadingIcon: 'size-4' } } } },
      },
      theme: { colors: ['primary', 'success', 'info', 'warning', 'error'] },
      icon: { clientBundle: { scan: true } },
    }),
  ],
  build: { target: 'es2022' },
});
