import pg from 'pg'
import { StartRefusal } from '../start-refusal.ts'

/** The versions that the tests prove: older ones lack what the migrations use, newer ones are unknown. */
const knownVersions = { from: 15, to: 18 }

/** Opens one connection for the work of a start-up, or says in French why it cannot. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await refuseUnknownVersion(client)
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error instanceof StartRefusal ? error : new StartRefusal(explain(error, url), { cause: error })
  }
}

async function refuseUnknownVersion(client: pg.Client): Promise<void> {
  const version = await serverVersion(client)
  if (version >= knownVersions.from && version <= knownVersions.to) return
  throw new StartRefusal(
    `Ce serveur est un PostgreSQL ${version}. Maillage demande une version de ${knownVersions.from} à ${knownVersions.to}.`,
  )
}

/** Reads the server's major version. */
export async function serverVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int / 10000 as version`,
  )
  return rows[0]?.version ?? 0
}

function explain(error: unknown, url: string): string {
  const { hostname, port, username, pathname } = new URL(url)
  const place = `${hostname}:${port || '5432'}`
  const code = errorCode(error)
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
      return `La base de données ne répond pas à l’adresse ${place} (${code}). Vérifiez qu’elle tourne et que DATABASE_URL la désigne.`
    case '28P01':
    case '28000':
      return `La base de données refuse l’utilisateur « ${decodeURIComponent(username)} » : mot de passe ou droits à vérifier (DATABASE_URL, DATABASE_OWNER_URL).`
    case '3D000':
      return `La base « ${decodeURIComponent(pathname.slice(1))} » n’existe pas sur ${place}. Créez-la : create database ... ;`
    default:
      return `Connexion à la base de données impossible (${place}) : ${error instanceof Error ? error.message : code}`
  }
}

/** The SQLSTATE of a database error or the system's code of a network one; `''` for neither. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError) return errorCode(error.errors[0])
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** Did a statement run into a unique key, as Drizzle wraps it? The transaction is lost. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && errorCode(error.cause) === '23505'
