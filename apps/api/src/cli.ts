import path from 'node:path'
import type { Command } from './cli/command.ts'
import { createAccount } from './cli/create-account.ts'
import { createCpts } from './cli/create-cpts.ts'
import { createUnit } from './cli/create-unit.ts'
import { importDirectory } from './cli/import-directory.ts'
import { importWaitingList } from './cli/import-waiting-list.ts'
import { migrate } from './cli/migrate.ts'
import { writeOpenapi } from './cli/openapi.ts'
import { resetSecondFactor } from './cli/reset-second-factor.ts'
import { rotateDataKey } from './cli/rotate-data-key.ts'
import { rotateMasterKey } from './cli/rotate-master-key.ts'
import { unlinkIdentity } from './cli/unlink-identity.ts'
import { verifyAudit } from './cli/verify-audit.ts'
import { verifyCounts } from './cli/verify-counts.ts'
import { forgetSecrets } from './platform/config/secrets.ts'
import { readConfig } from './platform/config.ts'
import { asOwner } from './platform/db/as-owner.ts'
import { openDatabase } from './platform/db/database.ts'
import { locateDatabase } from './platform/db/locate-database.ts'
import { runProcess } from './platform/run-process.ts'
import { StartRefusal } from './platform/start-refusal.ts'
import { loadReference } from './reference/load-reference.ts'

const commands: readonly Command[] = [
  migrate,
  createCpts,
  createAccount,
  createUnit,
  resetSecondFactor,
  unlinkIdentity,
  importDirectory,
  importWaitingList,
  verifyAudit,
  verifyCounts,
  rotateDataKey,
  rotateMasterKey,
]
const home = path.resolve(import.meta.dirname, '..')

await runProcess(async () => {
  const [name, ...args] = process.argv.slice(2)
  if (name === undefined || name === 'aide' || name === '--help') return say(usage())
  // The one command without a database: nothing but the document may reach the output.
  if (name === 'openapi') return say(await writeOpenapi())
  const command = commands.find((one) => one.name === name)
  if (!command) throw new StartRefusal(`Commande inconnue : ${name}\n\n${usage()}`)
  await run(command, args)
})

async function run(command: Command, args: readonly string[]): Promise<void> {
  const config = readConfig(process.env, path.resolve(home, '../../.data'))
  forgetSecrets(process.env)
  const database = await locateDatabase(
    { ...config, migrationsFolder: path.join(home, 'migrations'), loadReference },
    say,
  )
  const db = openDatabase({ url: database.url, poolSize: 2, onError: (error) => say(error.message) })
  try {
    const { migrations, ownerUrl } = database
    const now = (): Date => new Date()
    await command.run({ config, migrations, now, db, asOwner: (work) => asOwner(ownerUrl, work), say }, args)
  } finally {
    await db.close()
    await database.stop()
  }
}

function usage(): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  lines.push(`  ${'openapi'.padEnd(width)}  écrit le document OpenAPI de l’API`)
  return ['Usage : pnpm maillage <commande>', '', ...lines].join('\n')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
