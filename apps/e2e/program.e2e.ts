import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { closedNetwork } from './support/closed-network.ts'
import { copyProgram, startForeignDatabase } from './support/other-places.ts'
import { type Program, type StartOptions, startProgram, throwAwayFolder } from './support/program.ts'

const cleanings: (() => Promise<unknown> | unknown)[] = []

test.afterEach(async () => {
  for (const clean of cleanings.splice(0).reverse()) await clean()
})

/** Empty of demo data: what is proved here is the program, and it starts faster. */
async function start(options: StartOptions = {}): Promise<Program> {
  const program = await startProgram({ ...options, env: { MAILLAGE_DEMO: 'off', ...options.env } })
  cleanings.push(async () => {
    await program.stop()
    program.forget()
  })
  return program
}

function aFolder(name?: string): string {
  const folder = throwAwayFolder(name)
  cleanings.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('le programme s’arrête sans rien laisser derrière lui, et le second démarrage est court', async () => {
  const first = await start({ dataDir: aFolder() })
  expect(first.family().length, 'the program and its database').toBeGreaterThan(1)
  expect(await first.stop()).toEqual([])
  const second = await start({ dataDir: first.dataDir })
  test.info().annotations.push({ type: 'second start', description: `${(second.readyAfterMs / 1000).toFixed(1)} s` })
  expect(second.output()).not.toContain('Construction')
  expect(second.readyAfterMs).toBeLessThan(15_000)
  expect(await second.stop()).toEqual([])
})

test('quand le port habituel est pris, le programme prend le suivant qui est libre', async () => {
  const neighbour = createServer()
  await new Promise<void>((resolve) =>
    neighbour.once('error', () => resolve()).listen(3000, '127.0.0.1', () => resolve()),
  )
  cleanings.push(() => neighbour.close())
  const program = await start({ env: { PORT: '' } })
  expect(Number(new URL(program.url).port)).toBeGreaterThan(3000)
})

test('quand le port demandé est pris, le programme le dit et s’arrête, sans gêner celui qui tourne', async () => {
  const first = await start()
  const port = new URL(first.url).port
  const second = startProgram({ env: { MAILLAGE_DEMO: 'off', PORT: port }, patienceMs: 30_000 })
  await expect(second).rejects.toThrow(/Maillage ended \(1\):[\s\S]*déjà pris/)
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
})

test('le programme démarre sans réseau', async () => {
  const program = await start(closedNetwork())
  expect(program.output()).not.toContain('network refused')
})

test('le programme démarre dans un dossier dont le nom porte des espaces et des accents', async () => {
  const folder = path.join(aFolder('maillage à l’essai '), 'un dossier')
  copyProgram(folder)
  const { url, output } = await start({ folder, env: { MAILLAGE_DATA_DIR: '' } })
  expect(output()).not.toContain('Construction')
  const page = await (await fetch(url)).text()
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1]
  expect((await fetch(`${url}${script}`)).status).toBe(200)
})

test('le programme se sert d’un PostgreSQL extérieur, sous un rôle ordinaire', async () => {
  const database = await startForeignDatabase(path.join(aFolder(), 'ailleurs'))
  cleanings.push(() => database.stop())
  // The key that protects what the base keeps lies beside the data: a second start needs the same.
  const dataDir = aFolder()
  const program = await start({ dataDir, env: { DATABASE_URL: database.url } })
  expect(program.output()).not.toContain('PostgreSQL démarré')
  expect(await database.tables()).toBeGreaterThan(10)
  expect(await program.stop()).toEqual([])
  const again = await start({ dataDir, env: { DATABASE_URL: database.url } })
  expect(again.output()).not.toContain('Base de données mise à jour')
})
