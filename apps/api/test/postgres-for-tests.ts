import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '@maillage/embedded-postgres'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { prepareDatabase } from '../src/platform/db/prepare-database.ts'
import { provisionEmbedded } from '../src/platform/db/provision-embedded.ts'
import { loadReference } from '../src/reference/load-reference.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the migrated template database, by role. */
    postgres: { superuserUrl: string; ownerUrl: string; apiUrl: string }
  }
}

/** One throw-away server a run, one migrated database with the reference data in it, from which each test file takes a copy. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(path.join(tmpdir(), 'maillage-tests-'))
  const server = await startEmbedded({ dir, fast: true })
  const { url, ownerUrl } = await provisionEmbedded(server, path.join(dir, 'secrets'))
  const migrationsFolder = path.resolve(import.meta.dirname, '../migrations')
  await prepareDatabase({ url, ownerUrl, migrationsFolder, isProduction: false })
  await loadReference(ownerUrl)
  await refuseConnections(server.superuserUrl('postgres'))
  project.provide('postgres', { superuserUrl: server.superuserUrl('postgres'), ownerUrl, apiUrl: url })
  return async () => {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A template that someone is connected to cannot be copied. */
async function refuseConnections(superuserUrl: string): Promise<void> {
  const superuser = new pg.Client({ connectionString: superuserUrl })
  await superuser.connect()
  await superuser.query('alter database maillage with allow_connections false')
  await superuser.end()
}
