import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Paths of the project's own files, tracked or about to be, whose name matches: what git ignores is no source. */
export function sourceFiles(pattern) {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    encoding: 'utf8',
    maxBuffer: 64e6,
  })
  return listed.split('\0').filter((path) => pattern.test(path) && existsSync(path))
}

/** Files that no one writes by hand, or that are data: their length says nothing about the code. */
export const isGenerated = (path) => /(^|\/)(migrations|seeds\/data|dist)\/|\.generated\.|\.d\.ts$/.test(path)

export const isTest = (path) => /\.(test|e2e)\.ts$|^apps\/(api|web)\/test\/|^apps\/e2e\//.test(path)

/** Prints the faults, one a line, and leaves the process with a failure when there is one. */
export function report(title, faults) {
  if (faults.length === 0) return
  console.error(`${title}\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  process.exitCode = 1
}
