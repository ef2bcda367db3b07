import type { Plugin, Rolldown } from 'vite'

/** Where people arrive by a link or a bookmark, and the page that opens there. */
const arrivals: readonly { under: string; page: string }[] = [
  { under: '/propositions', page: 'src/features/proposals/ProposalPage.vue' },
  { under: '/file', page: 'src/features/worklist/WorklistPage.vue' },
  { under: '/mes-patients', page: 'src/features/practitioners/MyPatientsPage.vue' },
  { under: '/mes-places', page: 'src/features/practitioners/MyPlacesPage.vue' },
]

type Bundle = Rolldown.OutputBundle
type Chunk = Rolldown.OutputChunk

const chunksOf = (bundle: Bundle): Chunk[] => Object.values(bundle).filter((file) => file.type === 'chunk')

function chunkOf(bundle: Bundle, page: string): Chunk {
  const found = chunksOf(bundle).find((chunk) => Object.keys(chunk.modules).some((id) => id.endsWith(page)))
  if (!found) throw new Error(`No built file holds ${page}: mend the list of arrivals`)
  return found
}

/** A chunk, what it imports, and their styles: all that must be there before it runs. */
function withImports(bundle: Bundle, chunk: Chunk, found = new Set<string>()): Set<string> {
  if (found.has(chunk.fileName)) return found
  found.add(chunk.fileName)
  for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style)
  for (const name of chunk.imports) {
    const imported = bundle[name]
    if (imported?.type === 'chunk') withImports(bundle, imported, found)
  }
  return found
}

/** Every screen and every piece that is loaded apart, with all its files: `scripts/check-weights.mjs` weighs them. */
function screensOf(bundle: Bundle): Record<string, string[]> {
  const screens: Record<string, string[]> = {}
  for (const chunk of chunksOf(bundle)) {
    const pages = Object.keys(chunk.modules).filter((id) => /Page\.vue$/.test(id))
    const apart = chunk.isDynamicEntry && chunk.facadeModuleId ? [chunk.facadeModuleId] : []
    for (const id of [...pages, ...apart]) {
      const name = /\/src\/(.+\.vue)$/.exec(id)?.[1]
      if (name) screens[name] = [...withImports(bundle, chunk)]
    }
  }
  return screens
}

/**
 * Writes `arrivals.json`, which the server reads to announce a page's files with the page itself (`Link` header): the
 * browser would else learn of them two round trips later.
 */
export function firstFiles(): Plugin {
  return {
    name: 'first-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const entry = chunksOf(bundle).find(({ isEntry }) => isEntry)
      if (!entry) throw new Error('The build has no entry')
      const inHtml = withImports(bundle, entry)
      const list = arrivals.map(({ under, page }) => ({
        under,
        files: [...withImports(bundle, chunkOf(bundle, page))].filter((file) => !inHtml.has(file)),
      }))
      this.emitFile({ type: 'asset', fileName: 'arrivals.json', source: JSON.stringify(list) })
      const screens = { first: [...inHtml], ...screensOf(bundle) }
      this.emitFile({ type: 'asset', fileName: '.vite/screens.json', source: JSON.stringify(screens) })
    },
  }
}
