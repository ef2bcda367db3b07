import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { SendFailure } from '../send-failure.ts'
import { gatewayTexter } from './gateway-texter.ts'
import { openTexter } from './open-texter.ts'

const message = { id: 'envoi-1', to: '+33612345678', text: 'Une nouvelle proposition vous attend.' }
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A real gateway on a free port that answers with this status, or says nothing at all. */
async function aGateway(status: number | 'silence') {
  const taken: { headers: IncomingMessage['headers']; body: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      taken.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      if (status !== 'silence') response.writeHead(status).end('+33612345678')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  closing.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}/sms`, taken }
}

const outcome = (sending: Promise<void>) =>
  sending.then(
    () => 'sent',
    (error: unknown) => (error instanceof SendFailure ? error.kind : error),
  )

describe('through a gateway', () => {
  test('the message arrives with its number, its identifier and the operator’s token', async () => {
    const { url, taken } = await aGateway(202)
    await gatewayTexter({ url, token: 'jeton' }).send(message)
    expect(taken.map(({ body }) => JSON.parse(body))).toEqual([message])
    expect(taken[0]?.headers.authorization).toBe('Bearer jeton')
  })

  test.each([
    [422, 'refused'],
    [503, 'later'],
    [429, 'later'],
    [401, 'away'],
    [302, 'away'],
  ])('an answer of %i is told apart: %s', async (status, kind) => {
    const { url } = await aGateway(status)
    expect(await outcome(gatewayTexter({ url, token: undefined }).send(message))).toBe(kind)
  })

  test('one that says nothing, or is not there, is given up', async () => {
    const { url } = await aGateway('silence')
    expect(await outcome(gatewayTexter({ url, token: undefined }, 100).send(message))).toBe('away')
    expect(await outcome(gatewayTexter({ url: 'http://127.0.0.1:9', token: undefined }).send(message))).toBe('away')
  })
})

test('without a gateway, the message is a file that only its owner reads', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'sms-')), 'sms')
  closing.push(() => rm(path.dirname(folder), { recursive: true }))
  const texter = openTexter({ url: undefined, token: undefined, folder })
  await texter.send(message)
  await texter.send(message)
  expect(await readdir(folder)).toEqual(['envoi-1.txt'])
  const file = path.join(folder, 'envoi-1.txt')
  expect(await readFile(file, 'utf8')).toBe('À : +33612345678\n\nUne nouvelle proposition vous attend.\n')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(texter.describe).toBe(`dans ${folder}`)
})
