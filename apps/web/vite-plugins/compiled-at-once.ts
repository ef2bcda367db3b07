import type { Plugin } from 'vite'

/** The bundles of which a first screen calls most functions. */
const called = /^(socle|propositions|file)$/

/**
 * Tells Chromium to compile all of a bundle off the main thread while it arrives, rather than function by function as
 * the first screen calls them: a twelfth less work for the main thread. Other browsers read a comment.
 */
export function compiledAtOnce(): Plugin {
  return {
    name: 'compiled-at-once',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      // It must be the very first line: Vite still adds lines on top.
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk' && called.test(file.name)) file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
        }
      },
    },
  }
}
