import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../apps/api/src/platform/config.ts'

const root = join(import.meta.dirname, '..')
const text = (file: string): string => readFileSync(join(root, file), 'utf8')

interface Service {
  image?: string
  build?: { context: string; dockerfile: string }
  environment?: Record<string, string>
  volumes?: string[]
  secrets?: string[]
}
const compose: { services: Record<string, Service>; secrets: object; volumes: object } = parse(
  text('docker-compose.yml'),
)
const { db, api, web } = compose.services
// As Docker does: a required variable has its value, an optional one that nobody set its default, often empty.
const fill = (value: string): string =>
  value.replaceAll(/\$\{\w+:\?\}/g, '9f3a61c07be84d25a1c6f0e37b92d854').replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')

test('the stack is a database, the API and the screens', () => {
  expect(Object.keys(compose.services)).toEqual(['db', 'api', 'web'])
})

test('the database is of a version that the API accepts', () => {
  const major = Number(/^postgres:(\d+)/.exec(db?.image ?? '')?.[1])
  expect(major).toBeGreaterThanOrEqual(15)
  expect(major).toBeLessThanOrEqual(18)
})

test('the API accepts the configuration that it is given', () => {
  const environment = Object.fromEntries(
    Object.entries(api?.environment ?? {}).map(([name, value]) => [name, fill(value)]),
  )
  const config = readConfig({ ...environment, PUBLIC_URL: 'https://maillage.exemple.test' }, '/srv/.data')
  expect(config).toMatchObject({ isProduction: true, demo: undefined })
  expect(config.databaseUrl).not.toBe(config.databaseOwnerUrl)
})

test('no password is written in the file', () => {
  const values = Object.values(compose.services).flatMap(({ environment }) => Object.entries(environment ?? {}))
  for (const [name, value] of values.filter(([name]) => /PASSWORD|_URL$/.test(name))) {
    expect(value, name).toMatch(/\$\{\w+:(?:\?|-)\}/)
  }
})

test.each([['apps/api/Dockerfile'], ['apps/web/Dockerfile']])('%s copies and runs only what is there', (file) => {
  expect([api?.build?.dockerfile, web?.build?.dockerfile]).toContain(file)
  const lines = text(file).split('\n')
  const copied = lines.flatMap((line) => /^COPY (?:--from=build \/app\/)?(\S+) /.exec(line)?.[1] ?? [])
  for (const source of copied.filter((name) => !/dist$|^--/.test(name)))
    expect(existsSync(join(root, source)), source).toBe(true)
  const manifest: { packageManager: string } = JSON.parse(text('package.json'))
  const installs = lines.filter((line) => line.startsWith('RUN npx'))
  for (const line of installs) expect(line).toContain(`npx -y ${manifest.packageManager} install --frozen-lockfile`)
  for (const line of lines.filter((line) => line.startsWith('RUN node')))
    expect(line).toMatch(/^RUN node scripts\/build\.mjs (api|web)$/)
})

test('what the stack mounts is there, and every secret and volume is declared', () => {
  const mounts = [...(db?.volumes ?? []), ...(api?.volumes ?? [])].map((mount) => mount.split(':')[0] ?? '')
  for (const source of mounts) {
    if (source.startsWith('.')) expect(existsSync(join(root, source)), source).toBe(true)
    else expect(Object.keys(compose.volumes)).toContain(source)
  }
  expect(api?.secrets).toEqual(Object.keys(compose.secrets))
})

test('nginx hands the API’s paths to the API, on the port that it listens to', () => {
  const conf = text('apps/web/docker/nginx.conf')
  const port = /\bPORT=(\d+)/.exec(text('apps/api/Dockerfile'))?.[1]
  const targets = [...conf.matchAll(/proxy_pass http:\/\/(\w+):(\d+);/g)].map((match) => [match[1], match[2]])
  expect(targets).toEqual([
    ['api', port],
    ['api', port],
  ])
})
