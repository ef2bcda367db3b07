import type { Command } from './command.ts'

/** Brings the schema up to date and nothing else: for a deployment that migrates before it starts. */
export const migrate: Command = {
  name: 'migrate',
  summary: 'met la base de données à jour',
  // Every command finds the schema up to date; this one only says so.
  run({ migrations, say }) {
    say(migrations.length === 0 ? 'La base de données était à jour.' : `Appliqué : ${migrations.join(', ')}.`)
    return Promise.resolve()
  },
}
