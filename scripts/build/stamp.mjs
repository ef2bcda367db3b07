import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.mjs'

const ignored = /(^|\/)(node_modules|dist|test-results|\.nuxt-ui)$|\.(test|e2e)\.ts$|\.d\.ts$|\.md$/

/** Was the target built from exactly the inputs that are there now? */
export function isFresh(target) {
  const file = stampOf(target)
  const isWhole = target.made.every((name) => existsSync(path.join(root, target.dist, name)))
  return isWhole && existsSync(file) && readFileSync(file, 'utf8') === fingerprint(target.inputs)
}

/** Notes what the target was built from. */
export function sign(target) {
  writeFileSync(stampOf(target), fingerprint(target.inputs))
}

/** Forgets it, before a build that may be interrupted. */
export function unsign(target) {
  rmSync(stampOf(target), { force: true })
}

const stampOf = (target) => path.join(root, target.dist, '.stamp')

function fingerprint(inputs) {
  const hash = createHash('sha256').update(process.version.split('.')[0])
  for (const input of inputs) add(hash, path.join(root, input))
  return hash.digest('hex')
}

function add(hash, file) {
  if (ignored.test(file.slice(root.length).replaceAll('\\', '/'))) return
  if (statSync(file).isDirectory()) {
    for (const name of readdirSync(file).sort()) add(hash, path.join(file, name))
    return
  }
  hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
}
