/** Builds what is stale. Usage: node scripts/build.mjs [api] [web] (both when none is named). */
import { pathToFileURL } from 'node:url'
import { buildApi } from './build/api.mjs'
import { isFresh, sign, unsign } from './build/stamp.mjs'
import { buildWeb } from './build/web.mjs'

const shared = ['packages/contracts/src', 'packages/contracts/package.json', 'pnpm-lock.yaml', 'scripts/build']

const targets = {
  api: {
    title: 'API',
    dist: 'apps/api/dist',
    made: ['main.js', 'cli.js', 'list-reader.js'],
    inputs: [...shared, 'apps/api/src', 'apps/api/seeds', 'apps/api/package.json', 'packages/embedded-postgres/src'],
    build: buildApi,
  },
  web: {
    title: 'écrans',
    dist: 'apps/web/dist',
    made: ['index.html'],
    inputs: [...shared, 'apps/web'],
    build: buildWeb,
  },
}

/** Brings the named targets up to date; `say` hears one line for each that had to be built. */
export async function build(names, say) {
  for (const name of names) {
    const target = targets[name]
    if (target === undefined) throw new Error(`Cible inconnue : ${name} (api, web)`)
    if (isFresh(target)) continue
    const start = performance.now()
    unsign(target)
    await target.build(target.dist)
    sign(target)
    say(`Construction : ${target.title} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const asked = process.argv.slice(2)
  await build(asked.length > 0 ? asked : Object.keys(targets), console.log)
}
