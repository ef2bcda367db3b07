import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { startEmbedded } from './index.ts'

const cleanings: (() => Promise<unknown> | unknown)[] = []

afterEach(async () => {
  for (const clean of cleanings.splice(0).reverse()) await clean()
})

function aFolder(): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'maillage essai '))
  chmodSync(root, 0o711)
  cleanings.push(() => rmSync(root, { recursive: true, force: true }))
  return path.join(root, 'une base')
}

async function start(dir: string): ReturnType<typeof startEmbedded> {
  const server = await startEmbedded({ dir, fast: true })
  cleanings.push(() => server.stop())
  return server
}

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

const postmasterOf = (dir: string): number =>
  Number(readFileSync(path.join(dir, 'data/postmaster.pid'), 'utf8').split('\n')[0])

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('still waiting after 20 s')
    await sleep(50)
  }
}

test('a database is created in a folder with spaces, sorts in French and asks for a password', async () => {
  const dir = aFolder()
  const server = await start(dir)
  expect(server.reused).toBe(false)
  expect(await ask(server.superuserUrl('postgres'), `select 'côte' < 'cotonnier'`)).toBe(true)
  expect(await ask(server.superuserUrl('postgres'), `select datlocale from pg_database limit 1`)).toBe('fr-FR')
  expect(statSync(path.join(dir, 'postgres.password')).mode & 0o777).toBe(0o600)
  const stranger = server.superuserUrl('postgres').replace(/:[^:@]+@/, ':devine@')
  await expect(ask(stranger, 'select 1')).rejects.toThrow(/password authentication failed/)
})

test('a second start joins the live server, and the last one to leave stops it', async () => {
  const dir = aFolder()
  const first = await start(dir)
  const second = await start(dir)
  expect(second).toMatchObject({ reused: true, port: first.port })
  const pid = postmasterOf(dir)
  await first.stop()
  expect(await ask(second.superuserUrl('postgres'), 'select 1')).toBe(1)
  await second.stop()
  expect(isAlive(pid)).toBe(false)
})

test('two first starts at once share one database', async () => {
  const dir = aFolder()
  const [one, other] = await Promise.all([start(dir), start(dir)])
  expect(one.port).toBe(other.port)
})

test('a server killed by force comes back on the same port with what it had acknowledged', async () => {
  const dir = aFolder()
  const server = await start(dir)
  const url = server.superuserUrl('postgres')
  // The fast server acknowledges before it writes; the one that lasts does not.
  await ask(`${url}?options=-csynchronous_commit%3Don`, 'create table kept as select 42 as answer')
  const killed = postmasterOf(dir)
  process.kill(killed, 'SIGKILL')
  await until(async () => (await ask(url, 'select answer from kept').catch(() => undefined)) === 42)
  expect(postmasterOf(dir)).not.toBe(killed)
})

test('a stop while the server is down ends quietly', async () => {
  const dir = aFolder()
  const server = await start(dir)
  process.kill(postmasterOf(dir), 'SIGKILL')
  await server.stop()
  await expect(ask(server.superuserUrl('postgres'), 'select 1')).rejects.toThrow()
})

test('a program killed by force leaves no server behind, and the next start opens the same data', async () => {
  const dir = aFolder()
  const script = `
    import { startEmbedded } from ${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))};
    await startEmbedded({ dir: ${JSON.stringify(dir)}, fast: true });
    console.log('ready');
    setInterval(() => undefined, 1000);`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  })
  cleanings.push(() => child.kill('SIGKILL'))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  const pid = postmasterOf(dir)
  child.kill('SIGKILL')
  await until(() => !isAlive(pid))
  const next = await start(dir)
  expect(await ask(next.superuserUrl('postgres'), 'select 1')).toBe(1)
})

test('a pid file left by a crash whose number now belongs to another program does not block the start', async () => {
  const dir = aFolder()
  const server = await start(dir)
  const file = path.join(dir, 'data/postmaster.pid')
  const announced = readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid))
  await server.stop()
  writeFileSync(file, announced)
  const next = await start(dir)
  expect(await ask(next.superuserUrl('postgres'), 'select 1')).toBe(1)
})
