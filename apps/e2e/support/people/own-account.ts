import path from 'node:path'
import { startEmbedded } from '@maillage/embedded-postgres'
import { cptsOf } from '@maillage/many-cases/add-searches'
import pg from 'pg'

/** Somebody of whom no other journey knows: their sessions may be ended and their password changed. */
export interface OwnAccount {
  readonly email: string
  readonly displayName: string
}

/** Gives somebody an account in the demo's CPTS, with the password of its people, straight into the database. */
export async function addOwnAccount(name: string): Promise<OwnAccount> {
  const server = await startEmbedded({ dir: path.join(process.env.MAILLAGE_E2E_DATA_DIR ?? '', 'postgres') })
  const client = new pg.Client({ connectionString: server.superuserUrl('maillage') })
  await client.connect()
  try {
    const demo = 'coordination@demo.maillage.example'
    const cptsId = await cptsOf(client, demo)
    const email = `parcours-${Date.now().toString(36)}@demo.maillage.example`
    await client.query(
      `with someone as (
        insert into accounts (id, email, display_name, password_hash, is_demo, is_second_factor_exempt, created_at)
        select gen_random_uuid(), $1, $2, password_hash, true, true, now() from accounts where email = $3
        returning id
      )
      insert into memberships (cpts_id, id, account_id, role, created_at)
      select $4, gen_random_uuid(), id, 'coordinator', now() from someone`,
      [email, name, demo, cptsId],
    )
    return { email, displayName: name }
  } finally {
    await client.end()
    await server.stop()
  }
}
