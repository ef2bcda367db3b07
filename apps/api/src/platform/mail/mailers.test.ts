import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { anSmtpServer } from '../../../test/an-smtp-server.ts'
import { SendFailure } from '../send-failure.ts'
import type { Mail } from './mailer.ts'
import { openMailer } from './open-mailer.ts'
import { openSecureMailer } from './secure-mailer.ts'
import { smtpMailer } from './smtp-mailer.ts'

const mail: Mail = {
  to: 'admin@essai.example',
  subject: '2 demandes urgentes attendent d’être lues',
  text: 'Ouvrir Maillage : http://localhost:3000/file',
  messageId: '<1.essai@maillage>',
}
const from = 'Maillage <ne-pas-repondre@essai.example>'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A real server, closed after the test. */
async function aServer(options?: Parameters<typeof anSmtpServer>[0]) {
  const server = await anSmtpServer(options)
  closing.push(server.close)
  return server
}

const failureOf = (sending: Promise<void>) =>
  sending.then(
    () => 'sent',
    (error: unknown) => (error instanceof SendFailure ? error.kind : error),
  )

// Long enough for a busy machine; only what waits for a silent server is short.
const mailerTo = (url: string, ms = 10_000) => {
  const mailer = smtpMailer({ smtpUrl: url, from }, { connectMs: ms, greetingMs: ms, socketMs: ms })
  closing.push(async () => mailer.close())
  return mailer
}

describe('through a server', () => {
  test('the message arrives, from the operator’s address, with its own identifier', async () => {
    const { url, taken } = await aServer()
    await mailerTo(url).send(mail)
    expect(taken).toHaveLength(1)
    expect(taken[0]?.to).toEqual(['admin@essai.example'])
    expect(taken[0]?.body).toContain('From: Maillage <ne-pas-repondre@essai.example>')
    expect(taken[0]?.body).toContain('Message-ID: <1.essai@maillage>')
  })

  test('a server that refuses the address makes the sending fail', async () => {
    const { url, taken } = await aServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('No such user'), { responseCode: 550 })),
    })
    await expect(mailerTo(url).send(mail)).rejects.toThrow()
    expect(taken).toEqual([])
  })

  test('a server that is away makes the sending fail', async () => {
    expect(await failureOf(mailerTo('smtp://127.0.0.1:9').send(mail))).toBe('away')
  })

  test.each([
    [550, 'refused'],
    [451, 'later'],
  ])('a %i about the address is told apart: %s', async (responseCode, kind) => {
    const { url } = await aServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('No'), { responseCode })),
    })
    expect(await failureOf(mailerTo(url).send(mail))).toBe(kind)
  })

  test.each([
    [554, 'refused'],
    [452, 'later'],
  ])('a %i about the message is told apart: %s', async (responseCode, kind) => {
    const { url } = await aServer({
      onData(stream, _session, done) {
        stream.resume().on('end', () => done(Object.assign(new Error('No'), { responseCode })))
      },
    })
    expect(await failureOf(mailerTo(url).send(mail))).toBe(kind)
  })

  test('a wrong password, or our own address refused, is not the recipient’s fault', async () => {
    const locked = await aServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('Wrong password')),
    })
    const withPassword = locked.url.replace('//', '//moi:faux@')
    expect(await failureOf(mailerTo(withPassword).send(mail))).toBe('away')
    const picky = await aServer({
      onMailFrom: (_address, _session, done) => done(Object.assign(new Error('Not you'), { responseCode: 550 })),
    })
    expect(await failureOf(mailerTo(picky.url).send(mail))).toBe('away')
  })

  test('a page goes beside the text', async () => {
    const { url, taken } = await aServer()
    await mailerTo(url).send({ ...mail, html: '<p>Deux demandes</p>' })
    expect(taken[0]?.body).toContain('Content-Type: text/html')
    expect(taken[0]?.body).toContain('Content-Type: text/plain')
  })

  test('where encryption is demanded, a server that offers none is told nothing', async () => {
    const { url, taken } = await aServer()
    const mailer = smtpMailer({ smtpUrl: url, from, requireTls: true })
    closing.push(async () => mailer.close())
    expect(await failureOf(mailer.send(mail))).toBe('away')
    expect(taken).toEqual([])
  })

  test('a server that accepts and says nothing is given up in time', async () => {
    const silent: Server = createServer(() => undefined)
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve)
    })
    closing.push(() => new Promise((resolve) => silent.close(resolve)))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const begun = Date.now()
    await expect(mailerTo(`smtp://127.0.0.1:${port}`, 300).send(mail)).rejects.toThrow()
    expect(Date.now() - begun).toBeLessThan(3000)
  })

  test('what is said at the start names the server, never its password', () => {
    expect(mailerTo('smtp://moi:tres-secret@relais.example:587').describe).toBe('par relais.example:587')
  })
})

describe('by the second account, MSSanté', () => {
  const attachments = [{ filename: 'fiche.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.4') }]
  const sheet = { ...mail, to: 'alix@medecin.mssante.example', attachments }
  const settings = { from: 'CPTS <cpts@cpts.mssante.example>', domains: ['*.mssante.example', 'apicrypt.example'] }
  const open = async (over: Partial<typeof settings> = {}) => {
    const { url, taken } = await aServer()
    const mailer = openSecureMailer({ smtpUrl: url, folder: '', ...settings, ...over })
    closing.push(async () => mailer.close())
    return { mailer, taken }
  }

  test('a file goes with the message, between two addresses of the list', async () => {
    const { mailer, taken } = await open()
    await mailer.send(sheet)
    await mailer.send({ ...sheet, to: 'cabinet@apicrypt.example' })
    expect(taken.map(({ from: sender, to }) => [sender, ...to])).toEqual([
      ['cpts@cpts.mssante.example', 'alix@medecin.mssante.example'],
      ['cpts@cpts.mssante.example', 'cabinet@apicrypt.example'],
    ])
    expect(taken[0]?.body).toContain('filename=fiche.pdf')
  })

  test.each([
    'alix@messagerie.example',
    'alix@mssante.example.voleur.example',
    'alix@fauxmssante.example',
    'alix@mssante.example',
    'alix@sous.apicrypt.example',
    'alix@medecin.mssante.example, voleur@messagerie.example',
    'alix@medecin.mssante.example\nBcc: voleur@messagerie.example',
    'Alix <alix@medecin.mssante.example>',
    '"a@b"@medecin.mssante.example',
    '',
  ])('« %s » receives nothing, and no server is asked', async (to) => {
    const { mailer, taken } = await open()
    expect(mailer.mayReach(to)).toBe(false)
    expect(await failureOf(mailer.send({ ...sheet, to }))).toBe('refused')
    expect(taken).toEqual([])
  })

  test('from an address that is not on the list nothing leaves', async () => {
    const { mailer, taken } = await open({ from: 'CPTS <cpts@messagerie.example>' })
    expect(await failureOf(mailer.send(sheet))).toBe('refused')
    expect(taken).toEqual([])
  })
})

test('without a server, the message is a file that only its owner reads', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'courrier-')), 'courrier')
  closing.push(() => rm(path.dirname(folder), { recursive: true }))
  const mailer = openMailer({ smtpUrl: undefined, from, folder })
  await mailer.send(mail)
  await mailer.send(mail)
  const files = await readdir(folder)
  expect(files).toEqual(['_1.essai_maillage_.eml'])
  const file = path.join(folder, files[0] ?? '')
  expect(await readFile(file, 'utf8')).toContain('To: admin@essai.example')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(mailer.describe).toBe(`dans ${folder}`)
})

test('without a server, an address that exists nowhere is refused as a server would', async () => {
  const mailer = openMailer({ smtpUrl: undefined, from, folder: path.join(tmpdir(), 'courrier-sans-personne') })
  expect(await failureOf(mailer.send({ ...mail, to: 'personne@essai.invalid' }))).toBe('refused')
})
