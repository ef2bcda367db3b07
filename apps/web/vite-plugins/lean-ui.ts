import type { Plugin } from 'vite'

/** Modules of the library that nothing here calls, and what stands in for them. */
const standIns: readonly { from: RegExp; asked: string; code: string }[] = [
  // Messages are our own list (`layout/ToastList.vue`).
  {
    from: /\/runtime\/components\/App\.vue/,
    asked: './Toaster.vue',
    code: 'export default { render: () => null }',
  },
  {
    from: /\/runtime\/vue\//,
    asked: '@unhead/vue',
    code: 'export const injectHead = () => ({}); export const useHead = () => undefined',
  },
  {
    from: /\/runtime\/vue\//,
    asked: '@unhead/vue/client',
    code: 'export const createHead = () => ({ install: () => undefined })',
  },
]

/**
 * Colours are in `src/ui-colors.css`, known before any script; the library would write them again as an inline style, which
 * the content security policy refuses.
 */
const colorsPlugin = /\/runtime\/plugins\/colors\.m?js$/

/** Leaves out of the build what Nuxt UI brings and no screen uses: the first screen loads 25 KB less. */
export function leanUi(): Plugin {
  const prefix = '\0lean-ui:'
  return {
    name: 'lean-ui',
    apply: 'build',
    enforce: 'pre',
    resolveId(asked, importer) {
      const found = standIns.findIndex((one) => one.asked === asked && importer && one.from.test(importer))
      return found < 0 ? undefined : `${prefix}${found}`
    },
    load(id) {
      if (colorsPlugin.test(id)) return 'export default { install: () => undefined }'
      return id.startsWith(prefix) ? standIns[Number(id.slice(prefix.length))]?.code : undefined
    },
  }
}
