import { describeError } from './log.ts'
import { StartRefusal } from './start-refusal.ts'

/** Runs a program's whole life; what its operator can mend is printed as a sentence, anything else as a bug. */
export async function runProcess(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const words = error instanceof StartRefusal ? error.message : describedBug(error)
    process.stderr.write(`\n${words}\n\n`)
    process.exitCode = 1
  }
}

/** A failure that nobody caught would be printed with all that it carries, a patient's name in a statement's values. */
export function logCrashes(log: CrashLog): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, event)
      process.exit(1)
    })
}

interface CrashLog {
  fatal(context: object, words: string): void
}

// What went wrong and where, without what it was about.
const describedBug = (error: unknown): string => JSON.stringify(describeError(error), null, 2)

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
// A request or a statement that does not end must not keep the operator waiting.
const patienceMs = 10_000

// A Ctrl-C reaches us twice when the package manager passes on what the terminal has already told us.
const echoMs = 1000

/** Calls `stop` at the first signal and ends the process after it; an impatient second one ends it at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let since: number | undefined
  const onSignal = (): void => {
    if (since !== undefined && performance.now() - since > echoMs) process.exit(1)
    if (since !== undefined) return
    since = performance.now()
    setTimeout(() => process.exit(1), patienceMs).unref()
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  for (const signal of signals) process.on(signal, onSignal)
}
