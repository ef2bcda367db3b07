import { SMTPServer } from 'smtp-server'

/** What a server took: whole, as it came. */
export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  readonly body: string
}

/** A real server on a free port of this machine; `options` say how it behaves. */
export async function anSmtpServer(options: ConstructorParameters<typeof SMTPServer>[0] = {}): Promise<{
  url: string
  taken: TakenMail[]
  close(): Promise<void>
}> {
  const taken: TakenMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        taken.push({ from, to: envelope.rcptTo.map(({ address }) => address), body: Buffer.concat(chunks).toString() })
        done()
      })
    },
    ...options,
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
