/** Runs every test, one kind after the other; the last line and test-results/summary.json give the totals. */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './build/root.mjs'

const results = path.join(root, 'test-results')
const reportOf = (name) => path.join(results, `${name}.json`)
const vitest = (name) => ({
  name,
  command: ['node_modules/vitest/vitest.mjs', 'run', '--project', name, '--passWithNoTests=false'],
  options: ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(name)}`],
  count: ({ numPassedTests, numFailedTests, testResults }) => ({
    passed: numPassedTests,
    // A file that does not load holds no test, and is a failure all the same.
    failed:
      numFailedTests +
      testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
  }),
})

const kinds = [
  vitest('unit'),
  vitest('db'),
  {
    name: 'e2e',
    before: ['scripts/build.mjs'],
    cwd: 'apps/e2e',
    command: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    options: [],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportOf('e2e') },
    count: ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped }),
  },
]

function node(args, cwd = '.', env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: path.join(root, cwd),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((done) => child.once('close', (code) => done(code === 0)))
}

async function run(kind) {
  console.log(`\n== ${kind.name}`)
  if (kind.before && !(await node(kind.before))) return { passed: 0, failed: 1 }
  const isFine = await node([...kind.command, ...kind.options], kind.cwd, kind.env)
  const { passed, failed } = read(kind)
  // A run may fail outside any test: an error nobody caught, a server that did not start.
  return { passed, failed: failed === 0 && !isFine ? 1 : failed }
}

function read(kind) {
  try {
    return kind.count(JSON.parse(readFileSync(reportOf(kind.name), 'utf8')))
  } catch {
    return { passed: 0, failed: 1 }
  }
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const total = { passed: 0, failed: 0 }
for (const kind of kinds) {
  const { passed, failed } = await run(kind)
  console.log(`${kind.name}: ${passed} passed, ${failed} failed`)
  total.passed += passed
  total.failed += failed
}
writeFileSync(path.join(results, 'summary.json'), JSON.stringify(total))
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
