/** The committed migrations say all that the tables say, in an order that never goes back. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { report } from './source-files.mjs'

const api = resolve('apps/api')
const migrations = join(api, 'migrations')

const journalOf = (folder) => JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')).entries

function orderFaults() {
  const entries = journalOf(migrations)
  const files = readdirSync(migrations).filter((name) => name.endsWith('.sql'))
  const known = new Set(entries.map(({ tag }) => `${tag}.sql`))
  return [
    ...files.filter((name) => !known.has(name)).map((name) => `${name} is not in the journal: it would never run`),
    ...[...known].filter((name) => !files.includes(name)).map((name) => `${name} is in the journal and has no file`),
    ...entries.flatMap(({ idx, when, tag }, position) => [
      ...(idx === position ? [] : [`${tag} has number ${idx} in place ${position}`]),
      ...(position === 0 || when > entries[position - 1].when ? [] : [`${tag} is dated before the one it follows`]),
      ...(tag.startsWith(String(idx).padStart(4, '0')) ? [] : [`${tag} does not carry its number`]),
    ]),
  ]
}

/** Asks for the next migration in a copy, under another output folder: there must be none. */
function missingMigration() {
  const copy = mkdtempSync(join(api, '.migrations-check-'))
  const out = join(copy, 'migrations')
  try {
    cpSync(migrations, out, { recursive: true })
    const config = join(copy, 'drizzle.config.ts')
    writeFileSync(
      config,
      `import config from '../drizzle.config.ts'\nexport default { ...config, out: './${relative(api, out)}' }\n`,
    )
    const before = journalOf(out).length
    const kit = join(api, 'node_modules', '.bin', 'drizzle-kit')
    execFileSync(kit, ['generate', '--config', relative(api, config)], {
      cwd: api,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    })
    const added = journalOf(out).slice(before)
    return added.map(
      ({ tag }) => `tables changed without a migration:\n${readFileSync(join(out, `${tag}.sql`), 'utf8')}`,
    )
  } catch (error) {
    return [`drizzle-kit generate failed: ${error.stdout ?? ''}${error.stderr ?? error.message}`]
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

if (existsSync(join(migrations, 'meta', '_journal.json'))) {
  report('Order of the migrations', orderFaults())
  report('Run pnpm db:generate and read what it writes', missingMigration())
} else {
  report('Migrations', ['apps/api/migrations/meta/_journal.json is missing'])
}
