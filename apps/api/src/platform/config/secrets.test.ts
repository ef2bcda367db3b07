import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { readMasterKey } from '../session/master-key.ts'
import { forgetSecrets } from './secrets.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'maillage-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

const drawn = 'q7Vw2nXc9tLp4RzK8sHd'
const key = 'yP3vX8qT1nB6mK9wR2zL5cD7fH4jS0gA'

const fileOf = (content: string, mode = 0o600): string => {
  const file = path.join(folder, `${Math.random()}`)
  writeFileSync(file, `${content}\n`)
  chmodSync(file, mode)
  return file
}
const read = (environment: NodeJS.ProcessEnv) => readConfig(environment, '/srv/.data')
const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return ''
}

describe('a secret that anybody could guess', () => {
  test.each([
    ['DATABASE_URL', 'postgres://maillage_app:motdepasse@base.example/maillage', 'motdepasse'],
    ['DATABASE_URL', 'postgres://maillage_app@base.example/maillage?password=azerty12', 'azerty12'],
    ['SMTP_URL', 'smtps://moi:Bonjour123@relais.example', 'Bonjour123'],
    ['MSSANTE_SMTP_URL', 'smtps://cpts:P%40ssword1@mss.exemple.example', 'P%40ssword1'],
    ['SMS_TOKEN', 'jeton-de-test', 'jeton-de-test'],
    ['PSC_CLIENT_SECRET', 'secret-psc-demo', 'secret-psc-demo'],
    ['DATABASE_OWNER_URL', 'postgres://maillage:changezmoi@base.example/maillage', 'changezmoi'],
  ])('in %s is refused by its name, never shown', (name, value, secret) => {
    const said = refusal(() => read({ [name]: value, MAIL_FROM: 'a@b.example' }))
    expect(said).toContain(`- ${name} : mot de passe connu de tous`)
    expect(said).not.toContain(secret)
    expect(refusal(() => read({ [`${name}_FILE`]: fileOf(value), MAIL_FROM: 'a@b.example' }))).toContain(`- ${name} :`)
  })

  test('passes for a base of this machine while nothing real is served, and no further', () => {
    const url = 'postgres://moi:mot@127.0.0.1:5432/maillage'
    expect(read({ DATABASE_URL: url }).databaseUrl).toBe(url)
    expect(() => read({ DATABASE_URL: url, NODE_ENV: 'production' })).toThrow('DATABASE_URL : secret trop court')
  })

  test('that is missing leaves the base open: refused in production, unless it is reached by a socket', () => {
    const production = { NODE_ENV: 'production', DATABASE_OWNER_URL: `postgres://o:${drawn}@base.example/x` }
    expect(() => read({ ...production, DATABASE_URL: 'postgres://moi@base.example/x' })).toThrow('mot de passe absent')
    const socket = 'postgresql:///maillage?host=/var/run/postgresql'
    expect(read({ ...production, DATABASE_URL: socket }).databaseUrl).toBe(socket)
  })
})

describe('a file that holds a secret', () => {
  test('given beside its variable is refused: nobody would know which one counts', () => {
    const both = { SMS_TOKEN: drawn, SMS_TOKEN_FILE: fileOf(drawn) }
    expect(() => read(both)).toThrow('gardez SMS_TOKEN ou SMS_TOKEN_FILE')
  })

  test('is not shown when the secret itself was given in place of its path', () => {
    const said = refusal(() => read({ DATABASE_URL_FILE: `postgres://moi:${drawn}@base.example/x` }))
    expect(said).toContain('DATABASE_URL_FILE')
    expect(said).not.toContain(drawn)
    expect(refusal(() => readMasterKey({ file: key, dataDir: folder }))).not.toContain(key)
  })

  test('is refused in production when every account of the machine may read it', () => {
    const open = fileOf(drawn, 0o644)
    expect(read({ SMS_TOKEN_FILE: open }).sms.token).toBe(drawn)
    expect(() => read({ SMS_TOKEN_FILE: open, NODE_ENV: 'production' })).toThrow('chmod 600')
    expect(read({ SMS_TOKEN_FILE: fileOf(drawn, 0o640), NODE_ENV: 'production' }).sms.token).toBe(drawn)
  })
})

describe('the password of the database, given apart', () => {
  const address = 'postgres://maillage_app@base.example:5432/maillage'
  const given = (password: string, url = address) => ({ DATABASE_URL: url, DATABASE_PASSWORD_FILE: fileOf(password) })

  test('is the one of its address, whatever signs it has', () => {
    const odd = 'q7Vw/2nXc:9tLp@4RzK?8%sHd'
    const { databaseUrl = '' } = read(given(odd))
    expect(decodeURIComponent(new URL(databaseUrl).password)).toBe(odd)
    expect(new URL(databaseUrl).host).toBe('base.example:5432')
    const both = { DATABASE_OWNER_URL: address.replace('_app', '_owner'), DATABASE_OWNER_PASSWORD: drawn }
    expect(read({ ...given(odd), ...both }).databaseOwnerUrl).toContain(`maillage_owner:${drawn}@`)
  })

  test.each([
    ['a word that everybody tries', given('motdepasse'), 'DATABASE_URL : mot de passe connu de tous'],
    ['nothing', given(''), 'DATABASE_PASSWORD_FILE : ce fichier est vide'],
    ['a second one', given(drawn, `postgres://moi:${key}@base.example/x`), 'contient déjà un mot de passe'],
    ['one for no address', { DATABASE_PASSWORD: drawn }, 'DATABASE_PASSWORD : sans effet sans DATABASE_URL'],
    ['one for a socket', given(drawn, 'postgresql:///x?host=/run/pg'), 'doit nommer un utilisateur et une machine'],
  ])('%s is refused, and not shown', (_, environment, words) => {
    const said = refusal(() => read(environment))
    expect(said).toContain(words)
    expect(said).not.toContain(drawn)
    expect(said).not.toContain(key)
  })
})

test('the programs that are started are handed no secret; what is none stays', () => {
  const environment = { SMTP_URL: 'x', SMS_TOKEN: 'x', DATABASE_OWNER_PASSWORD: 'x', HOSPITAL_OIDC: 'x', PATH: '/bin' }
  forgetSecrets(environment)
  expect(environment).toEqual({ PATH: '/bin' })
})

describe('the master key', () => {
  const master = (file: string, isProduction = false) => readMasterKey({ file, dataDir: folder, isProduction })

  test('is given by a file alone', () => {
    const said = refusal(() => read({ MASTER_KEY: key }))
    expect(said).toContain('MASTER_KEY_FILE')
    expect(said).not.toContain(key)
    expect(() => readMasterKey({ dataDir: folder, isProduction: true })).toThrow('MASTER_KEY_FILE')
  })

  test.each([
    ['short', key.slice(0, 31), 'trop court : 32'],
    ['of few characters', 'abcabdabcabeabfabcabdabcabeabfabcg', 'trop régulier'],
    ['one word said again', 'maillage-maillage-maillage-maillage', 'connu de tous'],
  ])('%s is refused, and never shown', (_, secret, words) => {
    const said = refusal(() => master(fileOf(secret)))
    expect(said).toContain(words)
    expect(said).not.toContain(secret)
  })

  test('is refused in production when every account of the machine may read it', () => {
    expect(master(fileOf(key, 0o644))).toHaveLength(32)
    expect(() => master(fileOf(key, 0o644), true)).toThrow('chmod 600')
    expect(master(fileOf(key), true)).toEqual(master(fileOf(key)))
  })
})
