import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Environment } from '../apps/api/src/platform/config/environment.ts'
import { readConfig } from '../apps/api/src/platform/config.ts'

const root = join(import.meta.dirname, '..')
const text = (file: string): string => readFileSync(join(root, file), 'utf8')

interface Service {
  image?: string
  build?: { context: string; dockerfile: string }
  environment?: Record<string, string>
  volumes?: string[]
  secrets?: string[]
  networks?: string[]
  ports?: string[]
  command?: string[]
}
interface Compose {
  services: Record<'db' | 'api' | 'web', Service>
  secrets: Record<string, { file: string }>
  networks: Record<string, { internal?: boolean } | null>
  volumes: object
}
const compose: Compose = parse(text('docker-compose.yml'), { merge: true })
const { db, api, web } = compose.services
const services = Object.entries(compose.services)
const mounted = '/run/secrets/'

/** As Docker does: what is required or asked for has its value, what nobody set its default, often nothing. */
const fill = (value: string, given: boolean): string =>
  value
    .replaceAll(/\$\{\w+:\?\}/g, 'https://maillage.exemple.test')
    .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
    .replaceAll(/\$\{\w+:\+([^}]*)\}/g, given ? '$1' : '')

test('the stack is a database, the API and the screens', () => {
  expect(Object.keys(compose.services)).toEqual(['db', 'api', 'web'])
})

test('the database is of a version that the API accepts', () => {
  const major = Number(/^postgres:(\d+)/.exec(db.image ?? '')?.[1])
  expect(major).toBeGreaterThanOrEqual(15)
  expect(major).toBeLessThanOrEqual(18)
})

describe('the API', () => {
  /** What it is told, its secrets read from a folder of this machine. */
  function told(folder: string, given: boolean): NodeJS.ProcessEnv {
    const filled = Object.entries(api.environment ?? {}).map(([name, value]) => [name, fill(value, given)])
    return Object.fromEntries(filled.map(([name, value]) => [name, value?.replace(mounted, `${folder}/`)]))
  }

  test('accepts the configuration that it is given, with its two logins', () => {
    const folder = mkdtempSync(join(tmpdir(), 'maillage-compose-'))
    writeFileSync(join(folder, 'app_password'), '9f3a61c07be84d25a1c6f0e37b92d854\n', { mode: 0o600 })
    writeFileSync(join(folder, 'owner_password'), 'c41d7e0958ab4f62b3d95e1a08f7c263\n', { mode: 0o600 })
    const config = readConfig(told(folder, false), '/srv/.data')
    expect(config).toMatchObject({ isProduction: true, demo: undefined })
    expect(new URL(config.databaseUrl ?? '')).toMatchObject({ username: 'maillage_app', host: 'db:5432' })
    expect(config.databaseUrl).toContain('9f3a61c0')
    expect(config.databaseOwnerUrl).toContain('maillage_owner:c41d7e09')
    rmSync(folder, { recursive: true })
  })

  test('reads every variable that it is given, and looks for every file', () => {
    const known = Object.keys(Environment.shape)
    let said = ''
    try {
      readConfig(told('/nowhere', true), '/srv/.data')
    } catch (error) {
      said = String(error)
    }
    for (const name of Object.keys(api.environment ?? {}).filter((one) => !known.includes(one)))
      expect(said).toContain(`${name} : le fichier de ce chemin ne peut pas être lu`)
  })
})

describe('a secret', () => {
  test('is given by a file alone: no variable holds one, nor the way to write one there', () => {
    const variables = services.flatMap(([, { environment }]) => Object.entries(environment ?? {}))
    for (const [name, value] of variables.filter(([name]) => /PASSWORD|SECRET|TOKEN|KEY|OIDC|SMTP/.test(name))) {
      expect(name).toMatch(/_FILE$/)
      expect(fill(value, true), name).toMatch(/^\/run\/secrets\/\w+$/)
    }
    for (const [name, value] of variables.filter(([, value]) => URL.canParse(value)))
      expect(new URL(value).password, name).toBe('')
    expect(text('docker-compose.yml')).not.toMatch(/\$\{\w*(PASSWORD|SECRET|TOKEN|KEY|SMTP_URL|OIDC)\b/)
  })

  test('is mounted where it is read, and nowhere else', () => {
    const script = text('apps/api/docker/create-logins.sh')
    const read = (service: Service): string[] => {
      const isScripted = service.volumes?.some((mount) => mount.includes('create-logins.sh'))
      const told = Object.values(service.environment ?? {}).join('\n') + (isScripted ? script : '')
      return [...new Set([...told.matchAll(/\/run\/secrets\/(\w+)/g)].map((match) => match[1] ?? ''))]
    }
    for (const [name, service] of services) expect(read(service).sort(), name).toEqual(service.secrets?.sort() ?? [])
    const all = services.flatMap(([, { secrets = [] }]) => secrets)
    expect(new Set(all)).toEqual(new Set(Object.keys(compose.secrets)))
  })

  test('lies where neither git nor an image takes it', () => {
    for (const { file } of Object.values(compose.secrets))
      expect(file).toMatch(/^\$\{SECRETS_DIR:-\.\/secrets\}\/\w+$|^\$\{\w+_FILE:(\?|-\/dev\/null)\}$/)
    expect(text('.gitignore').split('\n')).toEqual(expect.arrayContaining(['.env', 'secrets/']))
    expect(text('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['**/.env', '**/secrets']))
  })

  test('is no argument of a program: the list of processes would show it', () => {
    expect(text('apps/api/docker/create-logins.sh')).not.toMatch(/-v \w+="?\$/)
  })
})

describe('a part that is broken into', () => {
  test.each(services)('has little to take in %s', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      ulimits: { core: 0 },
      user: expect.stringMatching(/^(postgres|node|nginx)$/),
    })
    for (const widening of ['cap_add', 'privileged', 'network_mode', 'pid', 'ipc', 'devices'])
      expect(service).not.toHaveProperty(widening)
  })

  test('reaches no further than its part: the database is behind, the screens never see it', () => {
    expect(compose.networks.data).toEqual({ internal: true })
    expect(services.map(([, { networks }]) => networks)).toEqual([['data'], ['data', 'door'], ['door']])
    expect(services.map(([, { ports }]) => ports)).toEqual([undefined, undefined, ['127.0.0.1:8080:8080']])
  })

  test('finds no value in the database’s own log', () => {
    const asked = db.command?.filter((word) => word !== '-c')
    const silence = [
      'log_min_error_statement=panic',
      'log_parameter_max_length_on_error=0',
      'log_error_verbosity=terse',
    ]
    expect(asked).toEqual(['postgres', ...silence])
    // The embedded one is as silent.
    for (const setting of silence) expect(text('packages/embedded-postgres/src/postmaster.ts')).toContain(setting)
  })
})

test.each([['apps/api/Dockerfile'], ['apps/web/Dockerfile']])('%s copies and runs only what is there', (file) => {
  expect([api.build?.dockerfile, web.build?.dockerfile]).toContain(file)
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

test('what the stack mounts is there, and every volume is declared', () => {
  const mounts = [...(db.volumes ?? []), ...(api.volumes ?? [])].map((mount) => mount.split(':')[0] ?? '')
  for (const source of mounts) {
    if (source.startsWith('.')) expect(existsSync(join(root, source)), source).toBe(true)
    else expect(Object.keys(compose.volumes)).toContain(source)
  }
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
