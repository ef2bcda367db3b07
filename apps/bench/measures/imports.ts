import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inherited, root } from '../program.ts'
import type { BatchesOptions, BatchFigures } from './batches.ts'
import { beside } from './beside.ts'

/** What is brought in, and into what. */
export interface ImportsOptions extends BatchesOptions {
  /** Where the program's data lie. */
  readonly dataDir: string
  /** Of the CPTS that brings in. */
  readonly cpts: string
  /** A commune of its own: its INSEE code. */
  readonly commune: string
  readonly megabytes: number
  readonly lines: number
}

/** Brings in a national directory by its command, then a waiting list by the screen's own requests, beside the worklist. */
export async function measureImports(options: ImportsOptions, say: (words: string) => void): Promise<BatchFigures[]> {
  say(`annuaire de ${options.megabytes} Mo…`)
  const directory = await importDirectory(options)
  say(`liste d’attente de ${options.lines} lignes…`)
  return [directory, await importList(options)]
}

async function importDirectory(options: ImportsOptions): Promise<BatchFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'maillage-annuaire-'))
  const file = path.join(folder, 'annuaire.txt')
  try {
    const generator = path.join(root, 'apps/api/test/generate-directory-file.ts')
    execFileSync(process.execPath, ['--import', 'tsx', generator, file, String(options.megabytes)], {
      cwd: path.join(root, 'apps/api'),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const rows = await countLines(file)
    let command: ChildProcess | undefined
    const cost = await beside(
      options,
      () => command?.pid,
      async () => {
        command = spawn(
          process.execPath,
          ['apps/api/dist/cli.js', 'import-directory', file, '--cpts', options.cpts, '--yes'],
          {
            cwd: root,
            env: { ...inherited(), MAILLAGE_DATA_DIR: options.dataDir },
            stdio: ['ignore', 'ignore', 'inherit'],
          },
        )
        const [code] = await once(command, 'exit')
        if (code !== 0) throw new Error(`The directory was not brought in (${String(code)})`)
      },
    )
    return { job: `annuaire de ${options.megabytes} Mo`, ...cost, isOver: true, perSecond: rows / cost.seconds }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function countLines(file: string): Promise<number> {
  let lines = 0
  const chunks: AsyncIterable<Buffer> = createReadStream(file)
  for await (const chunk of chunks) for (const byte of chunk) if (byte === 10) lines += 1
  return lines
}

interface Given {
  readonly id: string
  readonly version: number
  readonly status: string
  readonly done: number
}

async function importList(options: ImportsOptions): Promise<BatchFigures> {
  const { commune, lines, url, seconds } = options
  const token = await options.token()
  const first = ['Alba', 'Bastien', 'Colombe', 'Damien', 'Élodie', 'Fanch', 'Gaëlle', 'Hélio']
  const one = (n: number): string => {
    const day = new Date(Date.UTC(1930, 0, 1) + (n % 30_000) * 86_400_000).toISOString().slice(0, 10)
    return `Ligneul${letters(n)};${first[n % first.length]};${day};${commune}`
  }
  const body = ['Nom;Prénom;Date de naissance;Code INSEE', ...Array.from({ length: lines }, (_, n) => one(n))].join(
    '\r\n',
  )
  const ask = async (method: string, address: string, content: unknown, type = 'application/json'): Promise<Given> => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` }
    if (content !== undefined) headers['content-type'] = type
    const sent = typeof content === 'string' ? content : JSON.stringify(content)
    const answer = await fetch(`${url}/api/v1/waiting-list-imports${address}`, {
      method,
      headers: { ...headers, 'content-disposition': 'attachment; filename="liste.csv"' },
      ...(content === undefined ? {} : { body: sent }),
    })
    if (!answer.ok) throw new Error(`The list was refused: ${answer.status} ${await answer.text()}`)
    // The product checks its own answers against its contract.
    return (await answer.json()) as Given
  }
  const given = await ask('POST', '', body, 'application/octet-stream')
  let last = given
  const cost = await beside(options, options.pid, async () => {
    await ask('POST', `/${given.id}/start`, { version: given.version })
    const deadline = performance.now() + seconds * 1000
    while (performance.now() < deadline) {
      await sleep(500)
      last = await ask('GET', `/${given.id}`, undefined)
      if (last.status === 'done') return
    }
  })
  const isOver = last.status === 'done'
  return { job: `liste de ${lines} lignes`, ...cost, isOver, perSecond: last.done / cost.seconds }
}

/** A number as letters: a name holds no digit. */
const letters = (n: number): string =>
  [...n.toString(26)].map((digit) => 'abcdefghijklmnopqrstuvwxyz'[Number.parseInt(digit, 26)]).join('')
