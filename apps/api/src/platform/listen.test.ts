import net from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Listener, listen } from './listen.ts'

const open: net.Server[] = []

afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((done) => server.close(done))
})

function aServer(): Listener {
  const server = net.createServer()
  open.push(server)
  return {
    listen: ({ host, port }) =>
      new Promise((resolve, reject) => {
        server.removeAllListeners()
        server.once('error', reject)
        server.listen(port, host, () => {
          const address = server.address()
          resolve(`http://${host}:${typeof address === 'object' ? address?.port : 0}`)
        })
      }),
  }
}

test('when nobody asked for a port and it is taken, the next free one serves', async () => {
  const first = await listen(aServer(), '127.0.0.1', undefined)
  const second = await listen(aServer(), '127.0.0.1', undefined)
  expect(first).toBeGreaterThanOrEqual(3000)
  expect(second).toBeGreaterThan(first)
})

test('a port that was asked for and is taken is refused with a sentence', async () => {
  const taken = await listen(aServer(), '127.0.0.1', 0)
  await expect(listen(aServer(), '127.0.0.1', taken)).rejects.toThrow(`Le port ${taken} est déjà pris`)
})

test('an address of another machine is refused with a sentence', async () => {
  await expect(listen(aServer(), '192.0.2.1', 0)).rejects.toThrow('n’est pas celle de cette machine')
})
