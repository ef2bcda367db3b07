import { addressIn, isOnList, readDomains } from '../mail/secure-domains.ts'
import { here } from './here.ts'
import { openIdFaults } from './openid-config.ts'

/** What each variable allows and both together do not: one French line a fault. */
export function contradictions(given: NodeJS.ProcessEnv): string[] {
  const found: string[] = []
  if (given.NODE_ENV === 'production' && given.MAILLAGE_DEMO === 'on') {
    found.push('MAILLAGE_DEMO : les comptes de démonstration sont interdits en production')
  }
  if (given.NODE_ENV === 'production' && isInTheClear(given.PUBLIC_URL)) {
    found.push(
      'PUBLIC_URL : en production, une adresse en https:// ; en http, mots de passe et dossiers passeraient en clair',
    )
  }
  if (given.DATABASE_OWNER_URL !== undefined && given.DATABASE_URL === undefined) {
    found.push('DATABASE_OWNER_URL : sans effet sans DATABASE_URL')
  }
  if (given.SMTP_URL !== undefined && given.MAIL_FROM === undefined) {
    found.push('MAIL_FROM : l’adresse d’expédition manque, alors que SMTP_URL est donné')
  }
  return [...found, ...secureMailFaults(given), ...openIdFaults(given)]
}

/** Reached by other machines, over a network that reads along. */
function isInTheClear(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'http:' && !here.includes(hostname)
}

/** All three or none: half an account would pass for one. */
function secureMailFaults(given: NodeJS.ProcessEnv): string[] {
  const names = ['MSSANTE_SMTP_URL', 'MSSANTE_FROM', 'MSSANTE_DOMAINS'] as const
  const missing = names.filter((name) => given[name] === undefined)
  if (missing.length === names.length) return []
  if (missing.length > 0)
    return missing.map((name) => `${name} : manque, MSSanté demande ${names.slice(0, 2).join(', ')} et ${names[2]}`)
  const domains = readDomains(given.MSSANTE_DOMAINS ?? '')
  if (!domains || isOnList(domains, addressIn(given.MSSANTE_FROM ?? ''))) return []
  return ['MSSANTE_FROM : le domaine de cette adresse n’est pas dans MSSANTE_DOMAINS']
}
