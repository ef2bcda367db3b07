import { type DestinationStream, type LogFn, type Logger, pino } from 'pino'
import * as z from 'zod'

/** Keys whose value never reaches a log, at the top of what is logged or up to two levels below. */
const silenced = [
  ...['authorization', 'cookie', 'set-cookie', 'password', 'token', 'accessToken', 'body', 'details', 'q'],
  ...[
    'lastName',
    'firstName',
    'birthName',
    'birthDate',
    'displayName',
    'email',
    'phone',
    'phones',
    'address',
    'ins',
    'nationalHealthId',
  ],
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
 * An error's words may quote anything: a database the statement's values, a parser what it could not read, a mail server
 * an address, our own code what it was at. They stay out of the log; the code, the constraint and the place in our code
 * tell enough. Only words that are known to quote nothing are kept.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const facts = { type: error.name, ...databaseFacts(error), ...faultsOf(error), at: placesIn(error) }
  const message = safeWords(error)
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  return message === undefined ? { ...facts, ...cause } : { ...facts, message, ...cause }
}

const ownErrors = new Set(['ProblemError', 'SendFailure', 'StartRefusal'])
// Words of the engine that quote the program and never a value.
const harmless =
  /^(?:Cannot (?:read|set) properties of (?:undefined|null)|[\w.$]+ is not (?:a function|defined)$|Invalid (?:time value|array length)$|Maximum call stack size exceeded$)/

function safeWords(error: Error): string | undefined {
  // An error of a plugin carries a code of its own.
  const { code = '' } = error as Partial<Record<'code', unknown>>
  if (ownErrors.has(error.name) || String(code).startsWith('FST_')) return error.message
  return harmless.exec(error.message)?.[0]
}

/** Which field a contract refuses, and why: never what was in it. */
function faultsOf(error: Error): object {
  if (!(error instanceof z.core.$ZodError)) return {}
  const isName = (step: PropertyKey): boolean => typeof step === 'number' || /^[A-Za-z]{1,40}$/.test(String(step))
  return { faults: error.issues.slice(0, 20).map(({ code, path }) => `/${path.filter(isName).join('/')} ${code}`) }
}

function databaseFacts(error: Error): object {
  const names = ['code', 'constraint', 'table', 'column', 'routine'] as const
  // An error carries whatever its maker put on it; only these short names are read, and only when they are words.
  const carried = error as Partial<Record<(typeof names)[number], unknown>>
  return Object.fromEntries(names.flatMap((name) => (typeof carried[name] === 'string' ? [[name, carried[name]]] : [])))
}

/** A message stands at the head of its stack: a value quoted there may be written as a place would be. */
function placesIn({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message)
  if (start < 0) return []
  return stack
    .slice(start + message.length)
    .split('\n')
    .flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? [])
    .slice(0, 8)
}
