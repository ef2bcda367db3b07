import { statSync } from 'node:fs'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { StartRefusal } from '../platform/start-refusal.ts'

type Options = NonNullable<ParseArgsConfig['options']>
interface Given<Known extends Options> {
  args: string[]
  options: Known
  strict: true
  allowPositionals: boolean
}
type Parsed<Known extends Options> = ReturnType<typeof parseArgs<Given<Known>>>
type Values<Known extends Options> = Parsed<Known>['values']

function parse<Known extends Options>(given: Given<Known>, usage: string): Parsed<Known> {
  try {
    return parseArgs<Given<Known>>(given)
  } catch (error) {
    throw new StartRefusal(`Option inconnue ou incomplète.\n\n${usage}`, { cause: error })
  }
}

/** Reads a command's options, or refuses with its usage. */
export function readOptions<Known extends Options>(
  args: readonly string[],
  options: Known,
  usage: string,
): Values<Known> {
  return parse({ args: [...args], options, strict: true, allowPositionals: false }, usage).values
}

/** Reads a command's one file and its options, or refuses with its usage. */
export function readFileAndOptions<Known extends Options>(
  args: readonly string[],
  options: Known,
  usage: string,
): { file: string; given: Values<Known> } {
  const { values, positionals } = parse({ args: [...args], options, strict: true, allowPositionals: true }, usage)
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) throw new StartRefusal(`Donnez un fichier, et un seul.\n\n${usage}`)
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new StartRefusal(`Le fichier ${file} n’existe pas.`)
  }
  return { file, given: values }
}

/** An option that the command cannot do without. */
export function demanded(value: string | undefined, name: string, usage: string): string {
  if (value === undefined || value.trim() === '') throw new StartRefusal(`Il manque --${name}.\n\n${usage}`)
  return value.trim()
}
