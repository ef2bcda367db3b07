import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomFrom } from '../../seeds/demo/invent/random.ts'
import { DirectoryHeaderError } from '../../src/features/directory-import/directory-columns.ts'
import { DirectoryImportRefused, importDirectory } from '../../src/features/directory-import/import-directory.ts'
import { referenceMunicipalities } from '../../src/reference/find-municipality.ts'
import { buildTestApp, type TestApp } from '../build-test-app.ts'
import { aCpts, someoneWho } from '../builders/accounts.ts'
import { aDirectoryRow, directoryHeader, directoryLine } from '../generate-directory-file.ts'
import { aFile, brokenFiles, zipOf } from './files.ts'

let tested: TestApp
let headers: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp()
  headers = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
})
afterAll(() => tested.close())

const give = async (payload: Buffer, over: Record<string, string> = {}) => {
  const sent = { ...headers, 'content-type': 'application/octet-stream', ...over }
  const answer = await tested.app.inject({
    method: 'POST',
    url: '/api/v1/waiting-list-imports',
    headers: sent,
    payload,
  })
  return { status: answer.statusCode, body: answer.json() }
}

/** Everything that can be read of a list that was taken, and the start of its import. */
async function useAll({ id, version }: { id: string; version: number }): Promise<number[]> {
  const url = `/api/v1/waiting-list-imports/${id}`
  const statuses: number[] = []
  for (const path of ['', '/preview', '/lines', '/rejected-lines'])
    statuses.push((await tested.app.inject({ url: url + path, headers })).statusCode)
  const start = { method: 'POST', url: `${url}/start`, headers, payload: { version } } as const
  statuses.push((await tested.app.inject(start)).statusCode)
  return statuses.filter((status) => status >= 500)
}

describe('a waiting list', () => {
  test.each(brokenFiles)('%s is refused by name, or read', { timeout: 120_000 }, async (_note, bytes) => {
    const { status, body } = await give(bytes)
    expect([201, 400, 413, 415, 422]).toContain(status)
    if (status === 201) expect(await useAll(body)).toEqual([])
    else expect(typeof body.code).toBe('string')
  })

  test('whose bytes were changed or cut, forty times', { timeout: 240_000 }, async () => {
    const random = randomFrom(7)
    for (let turn = 0; turn < 40; turn += 1) {
      const { note, bytes, disposition } = aFile(random, random.chance(0.2))
      const { status, body } = await give(bytes, { 'content-disposition': disposition })
      expect([note, [201, 400, 413, 415, 422].includes(status)]).toEqual([note, true])
      if (status === 201 && turn % 4 === 0) expect([note, await useAll(body)]).toEqual([note, []])
    }
  })

  test('that swells beyond what may be unzipped', { timeout: 120_000 }, async () => {
    const { status } = await give(zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(130 * 1024 * 1024)))
    expect([413, 422]).toContain(status)
  })

  test.each([
    ['multipart/form-data; boundary=a', '--a\r\ncontent-disposition: form-data; name="f"\r\n\r\nNom\r\n--b--'],
    ['multipart/form-data', '--a'],
    ['text/csv', 'Nom;Prénom'],
    ['application/json', '{"Nom":"x"}'],
    ['application/vnd.ms-excel', 'Nom;Prénom'],
  ])('sent as %s is not what is taken', async (type, text) => {
    expect((await give(Buffer.from(text), { 'content-type': type })).status).toBe(415)
  })
})

/** The national extraction, spoilt in one of the ways in which files arrive. */
function directoryFile(turn: number): Buffer {
  const random = randomFrom(turn)
  const line = (): string =>
    directoryLine(random.chance(0.5) ? 'older' : 'newer', {
      ...aDirectoryRow,
      'Identifiant PP': `${10_000_000_000 + random.between(1, 9999)}`,
    })
  const text = [directoryHeader('newer'), line(), line(), line(), ''].join('\r\n')
  const bytes = Buffer.from(text, random.pick(['utf8', 'latin1', 'utf16le'] as const))
  return random.pick<() => Buffer>([
    () => bytes,
    () => bytes.subarray(0, random.between(0, bytes.length)),
    () => Buffer.from(text.replaceAll('|', random.pick([';', '||', '\0', '"|', '🙂|']))),
    () =>
      Buffer.from(
        text.replace('VALMORIN', random.pick(['=1+1', 'x'.repeat(100_000), 'a\0b', '\u202e', ' ', '__proto__'])),
      ),
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]),
    () => Buffer.from(text.replace('33063', random.pick(['2A004', '99999', '', '0', '33063'.repeat(50)]))),
    () => Buffer.from([...bytes].map((byte) => (random.chance(0.02) ? random.between(0, 255) : byte))),
    () => random.pick(brokenFiles.map(([, broken]) => broken.subarray(0, 200_000))),
  ])()
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  // Cut anywhere, in the middle of a letter too.
  for (let at = 0; at < bytes.length; at += 4093) yield bytes.subarray(at, at + 4093)
}

test('the directory takes a spoilt file, or refuses it by name', { timeout: 240_000 }, async () => {
  const cptsId = await aCpts(tested)
  const municipalities = referenceMunicipalities()
  for (let turn = 0; turn < 60; turn += 1) {
    const file = piecesOf(directoryFile(turn))
    const given = {
      cptsId,
      file,
      municipalities,
      isDryRun: turn % 3 === 0,
      acceptDepartures: true,
    }
    const refusal = await importDirectory(tested.deps, { ...given, onProgress: () => undefined }).then(
      () => undefined,
      (error: unknown) => error,
    )
    const isNamed =
      refusal === undefined || refusal instanceof DirectoryHeaderError || refusal instanceof DirectoryImportRefused
    expect([turn, isNamed, isNamed ? '' : String(refusal)]).toEqual([turn, true, ''])
  }
})
