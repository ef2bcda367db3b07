import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'

const read = (environment: NodeJS.ProcessEnv) => readConfig(environment, '/srv/.data').openId

const psc = {
  PSC_ENVIRONMENT: 'bac-a-sable',
  PSC_CLIENT_ID: 'maillage',
  PSC_CLIENT_SECRET: 'q7Vw2nXc9tLp4RzK',
}
const hospital = {
  key: 'ch-essai',
  name: 'CH d’essai',
  issuer: 'https://identite.ch-essai.example/',
  clientId: 'maillage',
  clientSecret: 'q7Vw2nXc9tLp4RzK',
  emailDomains: ['ch-essai.example'],
  twoFactorMeans: ['mfa'],
}
const hospitals = (...list: object[]): NodeJS.ProcessEnv => ({ HOSPITAL_OIDC: JSON.stringify(list) })

describe('Pro Santé Connect', () => {
  test('is absent unless asked for, and known by its ground', () => {
    expect(read({})).toEqual([])
    expect(read(psc)).toMatchObject([
      {
        key: 'pro-sante-connect',
        issuer: 'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet',
        discoveryUrl:
          'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet/.well-known/wallet-openid-configuration',
        scope: 'openid scope_all',
      },
    ])
    expect(read({ ...psc, PSC_ENVIRONMENT: 'production' })[0]?.issuer).toContain('https://auth.esw.esante.gouv.fr/')
  })

  test.each(Object.keys(psc))('is refused without %s, which is named', (name) => {
    expect(() => read({ ...psc, [name]: undefined })).toThrow(`${name} : manque`)
  })

  test('is refused over plain http, on two grounds, or with half a certificate', () => {
    const elsewhere = { ...psc, PSC_ENVIRONMENT: undefined, PSC_ISSUER: 'http://fournisseur.example' }
    expect(() => read(elsewhere)).toThrow('PSC_ISSUER : doit commencer par https://')
    expect(read({ ...elsewhere, PSC_ISSUER: 'http://127.0.0.1:4000' })).toHaveLength(1)
    expect(() => read({ ...psc, PSC_ISSUER: 'https://fournisseur.example' })).toThrow('gardez l’un des deux')
    expect(() => read({ ...psc, PSC_CLIENT_CERT: 'pem' })).toThrow('PSC_CLIENT_KEY_FILE : manque')
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(() => read({ ...psc, PSC_CLIENT_CERT: 'pem', PSC_CLIENT_KEY: key })).toThrow('n’est pas celle du certificat')
  })
})

describe('a hospital’s own provider', () => {
  test('is read from a list, after Pro Santé Connect', () => {
    const found = read({ ...psc, ...hospitals(hospital) })
    expect(found.map(({ key }) => key)).toEqual(['pro-sante-connect', 'ch-essai'])
    expect(found[1]?.discoveryUrl).toBe('https://identite.ch-essai.example/.well-known/openid-configuration')
  })

  test.each([
    ['no JSON', { HOSPITAL_OIDC: '[{' }, 'du JSON est attendu'],
    ['two of one key', hospitals(hospital, hospital), 'la même clé'],
    ['no way to prove two factors', hospitals({ ...hospital, twoFactorMeans: [] }), 'deux facteurs'],
    ['the key of another', hospitals({ ...hospital, key: 'pro-sante-connect' }), 'est prise'],
    ['no domain', hospitals({ ...hospital, emailDomains: [] }), 'HOSPITAL_OIDC'],
    ['plain http', hospitals({ ...hospital, issuer: 'http://identite.example' }), 'https://'],
  ])('is refused with %s', (_name, given, words) => {
    expect(() => read(given)).toThrow(words)
  })
})
