import { expect, test } from 'vitest'
import { eventReader } from './live-events.ts'

const message = 'id: 7\nevent: changes\ndata: [1]\n\n'

test('a message is read whole, wherever the network cuts it', () => {
  for (let cut = 1; cut < message.length; cut += 1) {
    const read = eventReader()
    const events = [...read(message.slice(0, cut)), ...read(message.slice(cut))]
    expect(events).toEqual([{ id: '7', event: 'changes', data: '[1]' }])
  }
})

test('several messages may come at once; comments, unknown fields and half a message say nothing', () => {
  const read = eventReader()
  expect(read(`: beat\n\n${message}retry: 5\n\nevent: end\r\ndata: {}\r\n\r\ndata: half`)).toEqual([
    { id: '7', event: 'changes', data: '[1]' },
    { id: undefined, event: 'end', data: '{}' },
  ])
  expect(read('\ndata: more\n\n')).toEqual([{ id: undefined, event: 'message', data: 'half\nmore' }])
})
