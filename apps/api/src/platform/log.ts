import { type DestinationStream, type LogFn, type Logger, pino } from 'pino'

/** Keys whose value never reaches a log, at the top of what is logged or up to two levels below. */
const silenced = [
  ...['authorization', 'cookie', 'set-cookie', 'password', 'token', 'accessToken', 'body', 'details', 'q'],
  ...['lastName', 'firstName', 'birthName', 'birthDate', 'displayName', 'email', 'phone', 'phones', 'address', 'ins'],
  'nationalHealthId',
  ...['freeText', 'text', 'reason', 'note', 'patient', 'caregiver', 'guardian'],
]

const quoted = (key: string): string => (key.includes('-') ? `["${key}"]` : `.${key}`)
const paths = silenced.flatMap((key) => [quoted(key).replace(/^\./, ''), `*${quoted(key)}`, `*.*${quoted(key)}`])

/** Makes the one logger of a process: JSON lines with ids, never a name, a body or a secret. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths, censor: '[masqué]' },
    hooks: { logMethod: sayLess },
    serializers: { err: describeError, error: describeError, req: describeRequest },
  }
  // Lines are written beside the requests and not within them; what is held is written out when the process ends.
  return pino(options, destination ?? pino.destination({ sync: false }))
}

/** An error logged without words would lend its own message, values included. */
function sayLess(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [what, words]: unknown[] = args
  const isError = what instanceof Error || (typeof what === 'object' && what !== null && 'err' in what)
  if (isError && words === undefined) method.call(this, what, 'error')
  else method.apply(this, args)
}

function describeRequest(request: { id?: unknown; method?: string; url?: string }): object {
  // What stands after the question mark may have been typed by a person.
  return { id: request.id, method: request.method, path: request.url?.split('?')[0] }
}

/**
 * A database error quotes the statement's values, a parsing error quotes what it could not read: of these two the
 * message stays out of the log, and the code, the constraint and the place in our code tell enough.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const facts = { type: error.name, ...databaseFacts(error), at: placesIn(error.stack) }
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  return quotesValues(error) ? { ...facts, ...cause } : { ...facts, message: error.message, ...cause }
}

function quotesValues(error: Error): boolean {
  return error instanceof SyntaxError || 'query' in error || 'severity' in error
}

function databaseFacts(error: Error): object {
  const names = ['code', 'constraint', 'table', 'column', 'routine'] as const
  // An error carries whatever its maker put on it; only these short names are read, and only when they are words.
  const carried = error as Partial<Record<(typeof names)[number], unknown>>
  return Object.fromEntries(names.flatMap((name) => (typeof carried[name] === 'string' ? [[name, carried[name]]] : [])))
}

function placesIn(stack: string | undefined): string[] {
  return (stack ?? '')
    .split('\n')
    .flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? [])
    .slice(0, 8)
}
