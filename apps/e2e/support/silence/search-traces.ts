import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { startEmbedded } from '@maillage/embedded-postgres'
import pg from 'pg'
import type { Program } from '../program.ts'
import { keptSecrets, keptTraces, type Trace } from './traces.ts'

/**
 * Looks for the people whom the journeys invented, and for what opens a session, in everything that the program and the
 * browsers left: addresses, consoles, storage, refusals, messages, files, jobs, processes and logs. Gives each place, with
 * the line. Ask it while the program still runs, then again for its last words.
 */
export async function findLeaks(program: Program, passwords: readonly string[]): Promise<string[]> {
  const secrets = [...keptSecrets(), ...passwords].map(plain).filter((word) => word.length > 5)
  if (keptSecrets().length === 0) return []
  const traces = [...keptTraces(), ...processesOf(program), ...filesIn(program.dataDir), ...(await jobsOf(program))]
  return leaksIn(traces, secrets)
}

/** What the program wrote to its log. */
export function leaksInLog(log: string, passwords: readonly string[]): string[] {
  const secrets = [...keptSecrets(), ...passwords].map(plain).filter((word) => word.length > 5)
  // The demo's password is told on purpose, to whoever started it.
  const lines = log.split('\n').filter((line) => line.startsWith('{'))
  return leaksIn(
    lines.map((text, index) => ({ place: `program.log:${index + 1}`, text })),
    secrets,
  )
}

function leaksIn(traces: readonly Trace[], secrets: readonly string[]): string[] {
  const found = traces.flatMap(({ place, text }) => {
    const readable = plain(text)
    const secret = secrets.find((word) => readable.includes(word))
    return secret ? [`${place}: « ${secret} » in ${around(readable, secret)}`] : []
  })
  return [...new Set(found)]
}

const around = (text: string, word: string): string => {
  const at = text.indexOf(word)
  return text.slice(Math.max(0, at - 80), at + word.length + 40).replaceAll('\n', ' ')
}

/** As a person reads it: addresses and mails decoded, without capitals nor accents. */
function plain(text: string): string {
  return decoded(text).normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// What a process was started with is readable by every account of the machine; what it was given besides, by its own.
function processesOf(program: Program): Trace[] {
  return program.family().flatMap(({ pid, command }) => {
    const given = read(`/proc/${pid}/environ`)
      .split('\0')
      // How a secret is handed over, as the guide says.
      .filter((line) => !/^(?:DEMO_PASSWORD|PGPASSWORD)=/.test(line))
      .join(' ')
    return [
      { place: `the command of process ${pid}`, text: command },
      { place: `the surroundings of process ${pid}`, text: given },
    ]
  })
}

/** Every file beside the database's own, and the database's log. Messages over the trusted space may name people. */
function filesIn(folder: string): Trace[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return all.flatMap((entry) => {
    const file = path.relative(folder, placeOf(entry))
    const isDatabase = file.startsWith('postgres/') && !file.endsWith('.log')
    if (isDatabase || file.startsWith('mssante/')) return []
    return [
      { place: `the name of ${file}`, text: file },
      ...unfolded(read(placeOf(entry)))
        .split('\n')
        .map((text, index) => ({ place: `${file}:${index + 1}`, text: isAddressed.test(text) ? '' : text })),
    ]
  })
}

// A message has somebody's address: it could not leave without it.
const isAddressed = /^(?:to|à)\s*:/i

const placeOf = (entry: Dirent): string => path.join(entry.parentPath, entry.name)

/** A message as a person reads it: lines joined, accents written out, parts in base64 opened. */
function unfolded(text: string): string {
  const joined = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/((?:=[0-9A-F]{2})+)/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'))
  const opened = [...text.matchAll(/^(?:[A-Za-z0-9+/]{40,76}\r?\n)+[A-Za-z0-9+/=]*$/gm)].map(([part]) =>
    Buffer.from(part, 'base64').toString('utf8'),
  )
  return [joined, ...opened].join('\n')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // A process that ended, a file that was taken away.
    return ''
  }
}

const queues = `
  select 'the job ' || id as place, payload::text || ' ' || coalesce(last_error, '') as text
    from graphile_worker._private_jobs
  union all select 'what waits to become job ' || id, topic || ' ' || payload::text from outbox`

async function jobsOf(program: Program): Promise<Trace[]> {
  const server = await startEmbedded({ dir: path.join(program.dataDir, 'postgres') })
  const client = new pg.Client({ connectionString: server.superuserUrl('maillage') })
  await client.connect()
  try {
    return (await client.query<Trace>(queues)).rows
  } finally {
    await client.end()
    await server.stop()
  }
}
