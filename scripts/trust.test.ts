import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { askAdvisories, judgeAdvisories } from './trust/advisories.mjs'
import { judgeLicences } from './trust/licences.mjs'
import { addedTexts, secretsIn } from './trust/secrets.mjs'
import { judgeThreats } from './trust/threats.mjs'

// Written apart, or this file would be what it looks for.
const key = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')
const planted: Record<string, string> = {
  'a private key': `${key}\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n`,
  'a private key in a string': `const key = '${key}\\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg'`,
  'a forge’s token': `token: ${['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_')}`,
  'an address with its password': `url: ${['postgres://maillage', 'Xk29fJq81mZz@base.cpts-reelle.fr/maillage'].join(':')}`,
  'the database of a compose file, with its password': `URL: ${['postgres://app', 'Xk29fJq81mZz@db:5432/x'].join(':')}`,
  'a variable of a compose file': `\n      POSTGRES_${'PASSWORD'}: 9f3a61c07be84d25a1c6f0e37b92\n`,
  'a variable in JSON': `\n  "SMS_${'TOKEN'}": "9f3a61c07be84d25a1c6f0e37b92",\n`,
  'an environment’s secret': `\nSMTP_${'PASSWORD'}=q7Vw2nXc9tLp4RzK\n`,
}

describe('secrets', () => {
  test.each(Object.entries(planted))('%s is found, and its value not repeated', async (_name, text) => {
    const found = await secretsIn([
      { place: 'before.ts', text: 'const a = 1\n' },
      { place: 'planted.ts', text: `\n${text}` },
    ])
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((one) => /^planted\.ts:\d+ [\w-]+$/.test(one))).toBe(true)
  })

  test('what the tests invent is no secret', async () => {
    const local = ['postgres://u', 'secret@127.0.0.1:5432/x'].join(':')
    const nowhere = ['postgres://u', 'secret@base.essai.example/x'].join(':')
    expect(await secretsIn([{ place: 'a.ts', text: `${local}\n${nowhere}\nPASSWORD=\nTOKEN=$TOKEN` }])).toEqual([])
  })

  test('one that a commit added is found, although a later one took it away', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'maillage-secrets-'))
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=e', '-c', 'user.email=e@e.example', '-C', folder, ...args], {
        encoding: 'utf8',
      })
    git('init', '-q')
    for (const text of [planted['a forge’s token'] ?? '', 'nothing']) {
      writeFileSync(join(folder, 'notes.txt'), text)
      git('add', '.')
      git('commit', '-qm', 'a')
    }
    const found = await secretsIn(addedTexts(git('log', '-p', '-U0', '--no-color')))
    rmSync(folder, { recursive: true })
    expect(found).toEqual([expect.stringMatching(/^commit [0-9a-f]{10} notes\.txt:1 github$/)])
  })

  test('the check says where, and fails', () => {
    const folder = mkdtempSync(join(tmpdir(), 'maillage-secrets-'))
    mkdirSync(join(folder, 'src'))
    writeFileSync(join(folder, 'src/a.ts'), planted['a private key'] ?? '')
    const script = join(import.meta.dirname, 'check-secrets.mjs')
    const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect([status, stderr.includes('src/a.ts:1 private-key')]).toEqual([1, true])
  })
})

describe('licences', () => {
  const one = (id: string) => ({ name: 'a-package', version: '1.0.0', licenses: [{ license: { id } }] })

  test.each(['MIT', 'Apache-2.0', '(MIT OR GPL-2.0-only)', 'MIT AND ISC'])('%s is open', (id) => {
    expect(judgeLicences([one(id)], {})).toEqual([])
  })
  test.each([
    '',
    'UNLICENSED',
    'BUSL-1.1',
    'SSPL-1.0',
    'CC-BY-NC-4.0',
    'GPL-2.0-only',
    'MIT AND BUSL-1.1',
    '(MIT OR ISC) AND BUSL-1.1',
  ])('« %s » is refused', (id) => {
    expect(judgeLicences([one(id)], {})).toHaveLength(1)
  })
  test('a package that says nothing is refused, and an exception that nothing needs too', () => {
    expect(judgeLicences([{ name: 'mute', version: '1.0.0' }], {})).toEqual(['mute 1.0.0: no licence'])
    const known = { mute: { licence: 'MIT', reason: 'its LICENSE file' } }
    expect(judgeLicences([{ name: 'mute', version: '1.0.0' }], known)).toEqual([])
    expect(judgeLicences([one('MIT')], known)).toHaveLength(1)
  })
})

describe('advisories', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  /** A registry that knows one advisory against a package of ours. */
  async function aRegistry(severity: string): Promise<string> {
    const url = 'https://advisories.example/GHSA-aaaa-bbbb-cccc'
    const advisory = { id: 1, url, title: 'planted', severity, vulnerable_versions: '<99.0.0' }
    const server = createServer((_request, response) => response.end(JSON.stringify({ fastify: [advisory] })))
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // Listening on a port, not on a pipe.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test('a grave one against what the product runs on is told, a slight one is not', { timeout: 60_000 }, async () => {
    for (const [severity, faults] of [
      ['critical', 1],
      ['moderate', 0],
    ] as const) {
      const { advisories } = await askAdvisories({ registry: await aRegistry(severity) })
      expect(advisories).toHaveLength(1)
      expect(judgeAdvisories(advisories ?? [], {}, '2026-11-22')).toHaveLength(faults)
    }
  })

  test('a registry that does not answer makes nobody red, and is told', { timeout: 60_000 }, () => {
    const script = join(import.meta.dirname, 'check-advisories.mjs')
    const { status, stdout } = spawnSync(process.execPath, [script, 'http://127.0.0.1:9'], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^NOT JUDGED/)])
  })

  test('one that was taken on counts again when its time is over, and may not stay for nothing', () => {
    const known = {
      module_name: 'a',
      severity: 'high',
      title: 't',
      github_advisory_id: 'GHSA-1',
      vulnerable_versions: '<2',
    }
    const accepted = { 'GHSA-1': { reason: 'not reached', until: '2026-12-01' } }
    expect(judgeAdvisories([known], accepted, '2026-12-01')).toEqual([])
    expect(judgeAdvisories([known], accepted, '2026-12-02')).toHaveLength(1)
    expect(judgeAdvisories([], accepted, '2026-11-22')).toHaveLength(1)
  })
})

describe('the threats', () => {
  const read = (path: string): string | undefined => (path === 'a.test.ts' ? "test('refuses it', () => {})" : undefined)

  test.each([
    ['| S | what | how | `a.test.ts` « refuses it » | none |', []],
    ['| S | what | how | `a.test.ts` « lets it » | none |', ['line 1: a.test.ts has no « lets it »']],
    ['| TE | what | how | `b.test.ts` | none |', ['line 1: b.test.ts is not there']],
    ['| I | what | how | trust us | none |', ['line 1: no test attacks this threat']],
    ['nothing', ['no threat at all']],
  ])('%s', (row, faults) => {
    expect(judgeThreats(row, read)).toEqual(faults)
  })
})

describe('the bill of materials', () => {
  let bill: { components: { name: string }[]; bomFormat: string }
  const folder = mkdtempSync(join(tmpdir(), 'maillage-bill-'))
  beforeAll(() => {
    const file = join(folder, 'bill.json')
    execFileSync(process.execPath, [join(import.meta.dirname, 'sbom.mjs'), file])
    bill = JSON.parse(readFileSync(file, 'utf8'))
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  test('holds what the product runs on, and nothing that only builds or tests it', () => {
    const names = bill.components.map(({ name }) => name)
    expect(bill.bomFormat).toBe('CycloneDX')
    expect(names).toEqual(expect.arrayContaining(['fastify', 'pg', 'vue', 'zod']))
    expect(names.filter((name) => ['vitest', 'knip', 'playwright-core'].includes(name))).toEqual([])
  })
})
