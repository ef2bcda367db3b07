import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { demoPassword } from './demo.ts'
import { type Program, startProgram } from './program.ts'

/**
 * Starts the one Maillage that every journey visits, with its demo, and stops it after the last of them. While journeys
 * are written, MAILLAGE_E2E_URL names one that runs already, started with the same DEMO_PASSWORD, and
 * MAILLAGE_E2E_DATA_DIR the folder of its data.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.MAILLAGE_E2E_URL) return async () => undefined
  const program = await startProgram({ env: { MAILLAGE_DEMO: 'on', DEMO_PASSWORD: demoPassword } })
  process.env.MAILLAGE_E2E_URL = program.url
  // A journey that needs ten thousand cases writes them straight into the database.
  process.env.MAILLAGE_E2E_DATA_DIR = program.dataDir
  process.stdout.write(`Maillage answers after ${(program.readyAfterMs / 1000).toFixed(1)} s at ${program.url}\n`)
  return () => stop(program)
}

async function stop(program: Program): Promise<void> {
  const left = await program.stop()
  keep('program.log', program.output())
  if (left.length === 0) program.forget()
  if (left.length > 0) throw new Error(`Left behind: ${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}`)
}

function keep(name: string, words: string): void {
  const folder = path.resolve(import.meta.dirname, '../test-results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, name), words)
}
