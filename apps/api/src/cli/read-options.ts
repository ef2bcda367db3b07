import { type ParseArgsConfig, parseArgs } from 'node:util'
import { StartRefusal } from '../platform/start-refusal.ts'

type Options = NonNullable<ParseArgsConfig['options']>
interface Given<Known extends Options> {
  args: string[]
  options: Known
  strict: true
}
type Values<Known extends Options> = ReturnType<typeof parseArgs<Given<Known>>>['values']

/** Reads a command's options, or refuses with its usage. */
export function readOptions<Known extends Options>(
  args: readonly string[],
  options: Known,
  usage: string,
): Values<Known> {
  try {
    return parseArgs<Given<Known>>({ args: [...args], options, strict: true }).values
  } catch (error) {
    throw new StartRefusal(`Option inconnue ou incomplète.\n\n${usage}`, { cause: error })
  }
}

/** An option that the command cannot do without. */
export function demanded(value: string | undefined, name: string, usage: string): string {
  if (value === undefined || value.trim() === '') throw new StartRefusal(`Il manque --${name}.\n\n${usage}`)
  return value.trim()
}
