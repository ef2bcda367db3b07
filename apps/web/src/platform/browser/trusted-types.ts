/** The part of a browser that guards what becomes markup or a script; older browsers have none. */
interface PolicyMaker {
  createPolicy(
    name: string,
    rules: Record<'createHTML' | 'createScriptURL', (given: string, kind: string, sink: string) => string | null>,
  ): unknown
}

declare global {
  interface Window {
    readonly trustedTypes?: PolicyMaker
  }
}

/** What Leaflet draws its two buttons with, and looks for SVG by. */
const knownMarkup = new Set([
  '',
  '<svg/>',
  '<span aria-hidden="true">+</span>',
  '<span aria-hidden="true">&#x2212;</span>',
])

const shown = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * The rule for texts that a library hands to the page as markup: what is known passes, all the rest is shown as the text
 * that it is. A letter's preview is a whole page, in a frame that may do nothing. The only script by address is the
 * service worker. Must stand before anything is drawn; without such guards in the browser it does nothing.
 */
export function guardMarkup(browser: { trustedTypes?: PolicyMaker }): void {
  browser.trustedTypes?.createPolicy('default', {
    createHTML: (given, _kind, sink) =>
      knownMarkup.has(given) || sink === 'HTMLIFrameElement srcdoc' ? given : shown(given),
    createScriptURL: (given) => (given === '/sw.js' ? given : null),
  })
}
