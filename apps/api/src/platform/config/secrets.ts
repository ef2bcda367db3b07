import { readFileSync } from 'node:fs'

/** Each may be given as the content of a file instead, named by the same variable with `_FILE`: secrets, and what is long. */
const fromFiles = [
  ...['DATABASE_URL', 'DATABASE_OWNER_URL', 'DEMO_PASSWORD', 'SMTP_URL', 'SMS_TOKEN'],
  ...['MSSANTE_SMTP_URL', 'MSSANTE_DOMAINS'],
]

/** Puts the content of each file named in its variable's place; gives one French line a file that cannot be read. */
export function readFromFiles(given: NodeJS.ProcessEnv): string[] {
  const problems: string[] = []
  for (const name of fromFiles) given[name] ??= readOne(`${name}_FILE`, given, problems)
  return problems
}

function readOne(name: string, given: NodeJS.ProcessEnv, problems: string[]): string | undefined {
  const file = given[name]
  if (file === undefined) return undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    problems.push(`${name} : le fichier ${file} ne peut pas être lu`)
    return undefined
  }
}
