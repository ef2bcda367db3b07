/** Sends the fuzzer's requests and prints its summary: pnpm fuzz [--seed n] [--requests n] [--at-once n]. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './build/root.mjs'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    requests: { type: 'string', default: '20000' },
    'at-once': { type: 'string', default: '4' },
  },
})
const seed = values.seed ?? String(Math.floor(Math.random() * 1_000_000))
const file = 'apps/api/test/fuzz/fuzz.db.test.ts'
const results = path.join(root, 'test-results')
const report = path.join(results, 'fuzz.txt')
const table = path.join(results, 'fuzz-operations.txt')
mkdirSync(results, { recursive: true })
for (const old of [report, table]) rmSync(old, { force: true })
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const own = {
  FUZZ_SEED: seed,
  FUZZ_REQUESTS: values.requests,
  FUZZ_LANES: values['at-once'],
  FUZZ_REPORT: report,
}
const child = spawn(process.execPath, [vitest, 'run', '--project', 'db', file], {
  cwd: root,
  env: { ...process.env, ...own },
  stdio: 'inherit',
})
child.once('close', (code) => {
  if (existsSync(report)) console.log(readFileSync(report, 'utf8'))
  console.log(`Each operation, by status: ${path.relative(root, table)}`)
  process.exitCode = code ?? 1
})
