import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build, stop } from 'esbuild'
import { root } from './root.mjs'

/** Our own TypeScript goes into the bundle; npm packages stay outside, where they find their files and binaries. */
const npmOutside = {
  name: 'npm-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ kind, path: name }) =>
      kind === 'entry-point' || path.isAbsolute(name) || name.startsWith('@maillage/')
        ? undefined
        : { path: name, external: true },
    )
  },
}

/** A file that reads its neighbours (`import.meta.dirname`) still finds them once it is part of the bundle. */
const placesKept = (outdir) => ({
  name: 'places-kept',
  setup({ onLoad }) {
    onLoad({ filter: /\/(apps|packages)\/[^?]*\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8')
      if (!/\bimport\.meta\.(dirname|filename|url)\b/.test(text)) return undefined
      const from = `./${path.relative(outdir, file).replaceAll('\\', '/')}`
      const here = `new URL(${JSON.stringify(from)}, import.meta.url)`
      const contents = text
        .replaceAll(/\bimport\.meta\.url\b/g, `${here}.href`)
        .replaceAll(/\bimport\.meta\.filename\b/g, `__toPath(${here})`)
        .replaceAll(/\bimport\.meta\.dirname\b/g, `__toPath(new URL('.', ${here}).href.slice(0, -1))`)
      return { contents: `import { fileURLToPath as __toPath } from 'node:url'\n${contents}`, loader: 'ts' }
    })
  },
})

/** Makes `main.js` and `cli.js`. Migrations and reference files are read where they lie, beside `dist`. */
export async function buildApi(dist) {
  const outdir = path.join(root, dist)
  rmSync(outdir, { recursive: true, force: true })
  await build({
    absWorkingDir: path.join(root, 'apps/api'),
    entryPoints: ['src/main.ts', 'src/cli.ts'],
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [npmOutside, placesKept(outdir)],
  })
  // The compiler's own process would otherwise live as long as the server that this very process becomes.
  await stop()
}
