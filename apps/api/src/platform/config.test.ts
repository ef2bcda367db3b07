import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const read = (environment: NodeJS.ProcessEnv): ReturnType<typeof readConfig> => readConfig(environment, '/srv/.data')

test('nothing set gives a local trial without demo accounts', () => {
  expect(read({})).toMatchObject({
    isProduction: false,
    host: '127.0.0.1',
    port: undefined,
    databaseUrl: undefined,
    dataDir: '/srv/.data',
    demo: undefined,
    logLevel: 'info',
  })
})

test('an empty variable is an absent one', () => {
  expect(read({ PORT: '', DATABASE_URL: '', MAILLAGE_DEMO: '' })).toEqual(read({}))
})

test('every wrong variable is named in one message, in French', () => {
  const wrong = { PORT: 'trois mille', DATABASE_URL: 'mysql://base', MAILLAGE_DEMO: 'oui' }
  expect(() => read(wrong)).toThrow(
    /^La configuration est à corriger :\n {2}- PORT : .+\n {2}- DATABASE_URL : .+\n.+MAILLAGE_DEMO/,
  )
})

test('a wrong secret is named, never shown', () => {
  expect(() => read({ DATABASE_URL: 'mysql://moi:tres-secret@base' })).not.toThrow(/tres-secret/)
})

test('mail needs an address to leave from; without a server it is written, and needs none', () => {
  expect(() => read({ SMTP_URL: 'smtp://relais.example:587' })).toThrow('MAIL_FROM')
  expect(() => read({ SMTP_URL: 'https://relais.example', MAIL_FROM: 'a@b.example' })).toThrow('SMTP_URL')
  const mail = { smtpUrl: 'smtps://moi:q7Vw2nXc9tLp4RzK@relais.example', from: 'CPTS <cpts@b.example>' }
  expect(read({ SMTP_URL: mail.smtpUrl, MAIL_FROM: mail.from }).mail).toEqual(mail)
  expect(read({}).mail.smtpUrl).toBeUndefined()
})

describe('the second account, MSSanté', () => {
  const whole = {
    MSSANTE_SMTP_URL: 'smtps://cpts:q7Vw2nXc9tLp4RzK@mss.exemple.example',
    MSSANTE_FROM: 'CPTS <cpts@cpts.mssante.example>',
    MSSANTE_DOMAINS: 'cpts.mssante.example,\n*.Medecin.mssante.example',
  }

  test('stands whole or not at all, and a demo writes to a folder', () => {
    expect(read({}).mssante).toBeUndefined()
    expect(read(whole).mssante).toEqual({
      smtpUrl: whole.MSSANTE_SMTP_URL,
      from: whole.MSSANTE_FROM,
      domains: ['cpts.mssante.example', '*.medecin.mssante.example'],
    })
    expect(read({ MAILLAGE_DEMO: 'on' }).mssante?.smtpUrl).toBeUndefined()
  })

  test.each(Object.keys(whole))('is refused without %s, which is named', (name) => {
    expect(() => read({ ...whole, [name]: undefined })).toThrow(`${name} : manque`)
  })

  test('is refused from an address that is not on its own list', () => {
    expect(() => read({ ...whole, MSSANTE_FROM: 'cpts@exemple.example' })).toThrow(
      'MSSANTE_FROM : le domaine de cette adresse n’est pas dans MSSANTE_DOMAINS',
    )
    expect(() => read({ ...whole, MSSANTE_DOMAINS: '*, mssante' })).toThrow('MSSANTE_DOMAINS')
  })
})

test('the demo is refused in production', () => {
  expect(() => read({ NODE_ENV: 'production', MAILLAGE_DEMO: 'on' })).toThrow('interdits en production')
})

test('an address that passwords would cross in the clear is refused in production, save on this machine', () => {
  const away = { PUBLIC_URL: 'http://maillage.exemple.test' }
  expect(() => read({ ...away, NODE_ENV: 'production' })).toThrow('PUBLIC_URL : en production, une adresse en https://')
  expect(read(away).publicUrl).toBe(away.PUBLIC_URL)
  for (const PUBLIC_URL of ['https://maillage.exemple.test', 'http://localhost:3000', 'http://127.0.0.1:3000'])
    expect(read({ PUBLIC_URL, NODE_ENV: 'production' }).publicUrl).toBe(PUBLIC_URL)
})

test('an owner without a base is refused', () => {
  expect(() => read({ DATABASE_OWNER_URL: 'postgres://moi@base/x' })).toThrow('sans effet sans DATABASE_URL')
})

test('a secret may come from a file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'maillage-config-'))
  const file = path.join(folder, 'url')
  writeFileSync(file, 'postgres://moi:q7Vw2nXc9tLp4RzK@base/x\n')
  expect(read({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgres://moi:q7Vw2nXc9tLp4RzK@base/x')
  rmSync(folder, { recursive: true })
  expect(() => read({ DATABASE_URL_FILE: file })).toThrow('ne peut pas être lu')
})

test('a ground for the maps is a template of tiles over https, and none by default', () => {
  expect(read({}).mapTiles).toBeUndefined()
  const url = 'https://tuiles.example/carte/{z}/{x}/{y}.png'
  expect(read({ MAP_TILES_URL: url, MAP_TILES_ATTRIBUTION: '© IGN' }).mapTiles).toEqual({ url, attribution: '© IGN' })
  expect(() => read({ MAP_TILES_URL: 'https://tuiles.example/carte.png' })).toThrow('{z}')
  expect(() => read({ MAP_TILES_URL: 'http://tuiles.example/{z}/{x}/{y}' })).toThrow('MAP_TILES_URL')
})
