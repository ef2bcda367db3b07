import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

const source = path.join(import.meta.dirname, 'service-worker.js')

/** What the application opens with, besides the files with a digest in their name. */
const plain = ['/hors-ligne.html', '/favicon.svg', '/theme.js']
const ofTheShell = /^assets\/(index|socle|propositions|rolldown-runtime)-.*\.(js|css)$|-latin-wght-normal-.*\.woff2$/

/** Writes `sw.js`: the worker, with the names of the shell's files. Another content is another name, so another worker. */
export function serviceWorker(): Plugin {
  let folder = ''
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved({ publicDir }) {
      folder = publicDir
    },
    generateBundle(_options, bundle) {
      const hashed = Object.keys(bundle).filter((name) => ofTheShell.test(name))
      const files = [...plain, ...hashed.map((name) => `/${name}`).sort()]
      const hash = createHash('sha256').update(Object.keys(bundle).sort().join())
      for (const name of plain) hash.update(readFileSync(path.join(folder, name)))
      const version = hash.digest('hex').slice(0, 12)
      const code = readFileSync(source, 'utf8')
        .replace("'VERSION'", JSON.stringify(version))
        .replace("['FILES']", JSON.stringify(files))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: code })
    },
  }
}
