import { expect, test } from 'vitest'
import { describeDevice } from './describe-device.ts'

const gecko = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const webkit = (system: string, end: string) => `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${end}`

test.each([
  [gecko, 'Firefox, Windows'],
  [webkit('Windows NT 10.0; Win64; x64', 'Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'), 'Edge, Windows'],
  [webkit('Linux; Android 14', 'Chrome/140.0.0.0 Mobile Safari/537.36'), 'Chrome, Android'],
  [webkit('iPhone; CPU iPhone OS 18_0 like Mac OS X', 'Version/18.0 Mobile/15E148 Safari/604.1'), 'Safari, iPhone'],
  ['curl/8.5.0', ''],
  [undefined, ''],
])('%s', (agent, words) => {
  expect(describeDevice(agent)).toBe(words)
})
