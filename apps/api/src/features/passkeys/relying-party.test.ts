import { expect, test } from 'vitest'
import { relyingParty } from './relying-party.ts'

test.each([
  ['https://maillage.example', 'http://maillage.example', false],
  ['https://maillage.example', 'https://maillage.example:8443', false],
  ['https://maillage.example', 'https://pirate.example', false],
  ['http://localhost:3000', 'http://pirate.example', false],
  ['http://localhost:3000', 'https://localhost:3000', false],
  ['http://localhost:3000', 'not an origin', false],
  // The screens of a developer are served from another port.
  ['http://localhost:3000', 'http://localhost:5173', true],
])('at %s what %s signed is believed: %s', (publicUrl, origin, isBelieved) => {
  const { origins } = relyingParty(publicUrl, origin)
  expect(origins).toContain(new URL(publicUrl).origin)
  expect(origins.includes(origin)).toBe(isBelieved)
})
