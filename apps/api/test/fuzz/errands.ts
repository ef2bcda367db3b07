import { sql } from 'drizzle-orm'
import { caseKindsOf } from '../../src/case-kinds.ts'
import { tasksOf } from '../../src/jobs.ts'
import { openOwner } from '../../src/platform/jobs/owner.ts'
import { SendFailure } from '../../src/platform/send-failure.ts'
import type { TestApp } from '../build-test-app.ts'
import { prepare } from '../builders/as-owner.ts'

/** What the server does by itself between two requests, and the letterbox where its messages arrive. */
export interface Errands {
  /** Runs what the acts left to do, and what the clock brings. */
  run(): Promise<void>
  /** What the links of the messages hold, newest last. */
  tokens(): readonly { page: string; token: string }[]
  /** What could not be done. */
  readonly failures: string[]
  close(): Promise<void>
}

const regular = [
  'tend-cases',
  'deliver-notices',
  'find-duplicates',
  'tell-unread',
  'step-revalidations',
  'close-unanswered',
]
const link = /\/([a-z]+(?:\/[a-z]+)*)\/([\w-]{40,200})(?=[\s"<.?)]|$)/g

/** What went wrong, with the causes that an error holds together. */
function reasonsOf(error: unknown): string {
  const inner: unknown[] = error instanceof AggregateError ? error.errors : []
  const cause = error instanceof Error && error.cause ? [error.cause] : []
  return [String(error), ...[...inner, ...cause].map(reasonsOf)].join(' < ')
}

/** Jobs run by hand, on the clock of the run. */
export function theErrands(tested: TestApp): Errands {
  const owner = openOwner(tested.database.ownerUrl, () => undefined)
  const letters: { page: string; token: string }[] = []
  const failures: string[] = []
  const read = (text: string): void => {
    for (const [, page, token] of text.matchAll(link)) if (page && token) letters.push({ page, token })
    if (letters.length > 60) letters.splice(0, letters.length - 60)
  }
  let sent = 0
  const send = async (message: object): Promise<void> => {
    sent += 1
    // Some addresses do not exist: what could not be delivered is the coordination's to see.
    if (sent % 9 === 0) throw new SendFailure('refused', new Error('550'))
    read(Object.values(message).join('\n'))
  }
  const mailer = { describe: '', send, close: () => undefined }
  const { db, now } = tested.deps
  const deps = { db, now, kinds: caseKindsOf(), mailer, texter: { describe: '', send }, secureMailer: undefined }
  const tasks = tasksOf({ ...deps, publicUrl: 'https://maillage.example', owner, onProgress: () => undefined })
  const run = async (topic: string, payload?: unknown): Promise<void> => {
    // Of the runner's own tools, the tasks use one at most: being told to stop.
    try {
      await tasks[topic]?.(payload, {} as never)
    } catch (error) {
      failures.push(`${topic}: ${reasonsOf(error)}`)
    }
  }
  return {
    failures,
    tokens: () => letters,
    async run() {
      const { rows } = await prepare(tested, (tx) =>
        tx.execute<{ topic: string; payload: object }>(sql`
          with taken as (
            update outbox set taken_at = now() where taken_at is null and coalesce(run_at, created_at) <= ${now().toISOString()}
            returning cpts_id, id, topic, payload)
          select topic, payload || jsonb_build_object('cptsId', cpts_id) as payload from taken order by id`),
      )
      for (const { topic, payload } of rows) await run(topic, payload)
      for (const topic of regular) await run(topic)
    },
    close: () => owner.close(),
  }
}
