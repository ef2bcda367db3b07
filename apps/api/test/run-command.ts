import type { Command } from '../src/cli/command.ts'
import { readConfig } from '../src/platform/config.ts'
import type { TestApp } from './build-test-app.ts'
import { prepare } from './builders/as-owner.ts'

/** Runs an operator's command over a test's database; gives what it printed, or throws what it refuses. */
export async function runCommand(tested: TestApp, command: Command, ...args: string[]): Promise<string> {
  const said: string[] = []
  const { db, now } = tested.deps
  const say = (line: string): void => void said.push(line)
  const config = readConfig({}, '/nowhere')
  await command.run({ config, migrations: [], db, now, asOwner: (work) => prepare(tested, work), say }, args)
  return said.join('\n')
}
