import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { startInventedProvider } from '@maillage/invented-provider/invented-provider'
import { demoPassword } from './demo.ts'
import { freePort, type Program, startProgram, throwAwayFolder } from './program.ts'
import { provider } from './provider.ts'
import { findLeaks, leaksInLog } from './silence/search-traces.ts'

/**
 * Starts the one Maillage that every journey visits, with its demo, and stops it after the last of them. While journeys
 * are written, MAILLAGE_E2E_URL names one that runs already, started with the same DEMO_PASSWORD, and
 * MAILLAGE_E2E_DATA_DIR the folder of its data.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.MAILLAGE_E2E_URL) return async () => undefined
  // What it says of its work is searched for names at the end: it says it all.
  const port = await freePort()
  const proSanteConnect = await standInFor(`http://localhost:${port}`)
  const env = { MAILLAGE_DEMO: 'on', DEMO_PASSWORD: demoPassword, LOG_LEVEL: 'debug', PORT: String(port) }
  const program = await startProgram({ env: { ...env, ...proSanteConnect.env } })
  process.env.MAILLAGE_E2E_TRACES = throwAwayFolder('maillage-traces-')
  process.env.MAILLAGE_E2E_URL = program.url
  // A journey that needs ten thousand cases writes them straight into the database.
  process.env.MAILLAGE_E2E_DATA_DIR = program.dataDir
  process.stdout.write(`Maillage answers after ${(program.readyAfterMs / 1000).toFixed(1)} s at ${program.url}\n`)
  return async () => {
    await proSanteConnect.close()
    await stop(program)
  }
}

/** A real provider on this machine, in the place of Pro Santé Connect: it tells the same of invented people. */
async function standInFor(home: string): Promise<{ env: Record<string, string>; close(): Promise<void> }> {
  const returns = [`/api/v1/openid/${provider.key}/callback`]
  const { issuer, close } = await startInventedProvider({ ...provider.client, home, returns })
  const { id, secret } = provider.client
  return { env: { PSC_ISSUER: issuer, PSC_CLIENT_ID: id, PSC_CLIENT_SECRET: secret }, close }
}

async function stop(program: Program): Promise<void> {
  const leaks = await findLeaks(program, [demoPassword])
  const left = await program.stop()
  leaks.push(...leaksInLog(program.output(), [demoPassword]))
  keep('program.log', program.output())
  if (left.length === 0) program.forget()
  rmSync(process.env.MAILLAGE_E2E_TRACES ?? '', { recursive: true, force: true })
  if (left.length > 0) throw new Error(`Left behind: ${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}`)
  if (leaks.length > 0) throw new Error(`People or secrets were found where none may be:\n${leaks.join('\n')}`)
}

function keep(name: string, words: string): void {
  const folder = path.resolve(import.meta.dirname, '../test-results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, name), words)
}
