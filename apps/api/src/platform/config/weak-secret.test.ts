import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { weaknessOf } from './weak-secret.ts'

const demanded = { length: 16, different: 6 }

test.each([
  ['MotDePasse2026!', 'well-known'],
  ['M0t-de-P@sse!', 'well-known'],
  ['postgres', 'well-known'],
  ['MaillageAdmin123', 'well-known'],
  ['ch4ng3m3', 'well-known'],
  ['Secret-Secret-Secret', 'well-known'],
  ['xR7?kQ2', 'too-short'],
  ['z9zz9zz9zz9zz9zz9z', 'too-regular'],
  ['9f2b9f2b9f2b9f2b9f2b', 'too-regular'],
  ['bcdefghijklmnopqrstuvwxyz', 'too-regular'],
  ['9876543210987654', 'too-regular'],
  ['ici-mot-de-passe-4821', 'example'],
])('« %s » is %s', (secret, weakness) => {
  expect(weaknessOf(secret, demanded)).toBe(weakness)
})

test('what was drawn at random is never refused', () => {
  const encodings = ['hex', 'base64', 'base64url'] as const
  for (const encoding of encodings)
    for (let drawn = 0; drawn < 2000; drawn += 1) {
      const secret = randomBytes(24).toString(encoding)
      expect(weaknessOf(secret, demanded), secret).toBeUndefined()
      expect(weaknessOf(secret, { length: 32, different: 10 }), secret).toBeUndefined()
    }
})
