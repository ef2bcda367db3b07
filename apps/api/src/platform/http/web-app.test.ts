import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSecurityHeaders } from '../door/security-headers.ts'
import { serveWebApp } from './web-app.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'maillage-web-'))
let app: FastifyInstance

beforeAll(async () => {
  mkdirSync(path.join(folder, 'assets'))
  const files = {
    'index.html': '<!doctype html>',
    'sw.js': '// worker',
    'assets/page-1.js': 'export {}',
    'arrivals.json': JSON.stringify([{ under: '/propositions', files: ['assets/page-1.js', 'assets/page-2.css'] }]),
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content)
  writeFileSync(path.join(folder, 'assets/page-1.js.br'), brotliCompressSync('export {}'))
  app = Fastify()
  await addSecurityHeaders(app, { isHttps: false })
  await serveWebApp(app, folder)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

const page = { accept: 'text/html' }

test('a page is announced with its own files, and another page is not', async () => {
  const { headers } = await app.inject({ url: '/propositions/abc', headers: page })
  expect(headers.link).toBe('</assets/page-1.js>; rel=modulepreload, </assets/page-2.css>; rel=prefetch')
  expect((await app.inject({ url: '/propositions-anciennes', headers: page })).headers.link).toBeUndefined()
})

test('a file goes compressed to who takes it, and is kept a year', async () => {
  const small = await app.inject({ url: '/assets/page-1.js', headers: { 'accept-encoding': 'gzip, br' } })
  expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' })
  expect(small.headers['cache-control']).toContain('immutable')
  const plain = await app.inject({ url: '/assets/page-1.js' })
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body).toBe('export {}')
})

test('the service worker is asked anew each time, and may only be ours', async () => {
  const { headers } = await app.inject({ url: '/sw.js' })
  expect(headers['cache-control']).toBe('no-cache')
  expect(headers['content-security-policy']).toContain("worker-src 'self'")
})
