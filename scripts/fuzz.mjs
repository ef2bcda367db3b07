/** Sends the fuzzer's requests and prints its report: pnpm fuzz [--seed n] [--requests n]. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './build/root.mjs'

const { values } = parseArgs({ options: { seed: { type: 'string' }, requests: { type: 'string', default: '20000' } } })
const seed = values.seed ?? String(Math.floor(Math.random() * 1_000_000))
const file = 'apps/api/test/fuzz/fuzz.db.test.ts'
const report = path.join(root, 'test-results/fuzz.txt')
mkdirSync(path.dirname(report), { recursive: true })
rmSync(report, { force: true })
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const child = spawn(process.execPath, [vitest, 'run', '--project', 'db', file], {
  cwd: root,
  env: { ...process.env, FUZZ_SEED: seed, FUZZ_REQUESTS: values.requests, FUZZ_REPORT: report },
  stdio: 'inherit',
})
child.once('close', (code) => {
  if (existsSync(report)) console.log(readFileSync(report, 'utf8'))
  process.exitCode = code ?? 1
})
