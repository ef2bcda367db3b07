import type { Rolldown } from 'vite'

/**
 * Files that go together, first match first. Each answer costs a round trip, 400 ms on a slow phone, and the browser
 * opens six at once: what one screen needs anyway comes as one file.
 */
interface Bundle {
  name: string
  roots: readonly RegExp[]
}
const bundles: readonly [Bundle, ...Bundle[]] = [
  { name: 'socle', roots: [/\/src\/main\.ts$/, /\/src\/layout\/(AppShell|ToastList)\.vue$/] },
  { name: 'propositions', roots: [/\/src\/features\/proposals\/(ProposalPage|ProposalsPage)\.vue$/] },
  { name: 'file', roots: [/\/src\/features\/worklist\/WorklistPage\.vue$/] },
]

/** They name everything their library holds: who asks them for one thing does not need the rest. */
const shopWindow = /\/(reka-ui\/dist\/index\.js|@nuxt\/ui\/dist\/runtime\/(composables|utils)\/index\.js)$/

type InfoOf = (id: string) => Rolldown.ModuleInfo | null

/** All the modules without which the roots cannot be drawn. */
function neededBy(roots: readonly string[], infoOf: InfoOf): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = [...roots]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    if (!shopWindow.test(id)) waiting.push(...(infoOf(id)?.importedIds ?? []))
  }
  return found
}

/** For each module of a bundle, its name. What two of them need goes to the first, which everybody loads. */
function bundlesOf(modules: readonly string[], infoOf: InfoOf): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const [{ name: first }] = bundles
  for (const { name, roots } of bundles) {
    const ids = modules.filter((id) => roots.some((root) => root.test(id)))
    for (const id of neededBy(ids, infoOf)) names.set(id, names.has(id) ? first : name)
  }
  return names
}

/** Rolldown's own splitting for the rest. */
export function filesOfScreens(): Rolldown.OutputOptions['codeSplitting'] {
  const modules: string[] = []
  let names: ReadonlyMap<string, string> | undefined
  return {
    groups: bundles.map(({ name: bundle }, index) => ({
      debugName: bundle,
      // The first takes what it needs, and what that needs in turn: no file then waits for one that waits for it.
      priority: bundles.length - index,
      // Every module passes here before the first name is asked.
      test: (id) => {
        if (index === 0) modules.push(id)
        return true
      },
      name: (id, context) => {
        names ??= bundlesOf(modules, (one) => context.getModuleInfo(one))
        return names.get(id) === bundle ? bundle : null
      },
    })),
  }
}
