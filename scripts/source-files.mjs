import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const madeNotWritten = /(^|\/)(node_modules|dist|\.git|\.data|test-results|playwright-report|\.nuxt-ui|traces)(\/|$)/

/** Paths of the project's own files, tracked or about to be, whose name matches: what git ignores is no source. */
export function sourceFiles(pattern) {
  return listFiles().filter((path) => pattern.test(path) && existsSync(path))
}

function listFiles() {
  try {
    // A checkout may belong to another user than the one who checks it: it is only read.
    const asked = ['-c', 'safe.directory=*', 'ls-files', '-co', '--exclude-standard', '-z']
    return execFileSync('git', asked, { encoding: 'utf8', maxBuffer: 64e6, stdio: ['ignore', 'pipe', 'ignore'] }).split(
      '\0',
    )
  } catch {
    // An archive of the sources has no git.
    return filesUnder('.')
  }
}

const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (madeNotWritten.test(path)) return []
    return entry.isDirectory() ? filesUnder(path) : [path]
  })

/** Files that no one writes by hand, or that are data: their length says nothing about the code. */
export const isGenerated = (path) => /(^|\/)(migrations|seeds\/data|dist)\/|\.generated\.|\.d\.ts$/.test(path)

/** A file of test cases, which grows with what it proves; what carries the tests is read like any code. */
export const holdsCases = (path) => /\.(test|e2e)\.ts$/.test(path)

/** All that is only there to test. */
export const isTest = (path) => /\.(test|e2e)\.ts$|^apps\/(api|web)\/test\/|^apps\/e2e\//.test(path)

/** Prints the faults, one a line, and leaves the process with a failure when there is one. */
export function report(title, faults) {
  if (faults.length === 0) return
  console.error(`${title}\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  process.exitCode = 1
}
