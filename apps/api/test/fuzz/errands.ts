import { sql } from 'drizzle-orm'
import { caseKindsOf } from '../../src/case-kinds.ts'
import { tasksOf, timetable } from '../../src/jobs.ts'
import { openOwner } from '../../src/platform/jobs/owner.ts'
import { SendFailure } from '../../src/platform/send-failure.ts'
import type { TestApp } from '../build-test-app.ts'
import { prepare } from '../builders/as-owner.ts'
import type { Letter } from './world.ts'

/** What the server does by itself between two requests, and the letterbox where its messages arrive. */
export interface Errands {
  /** Runs what the acts left to do, and what the clock brings. */
  run(): Promise<void>
  /** Runs what the acts left to do, and no more: the messages that somebody waits for. */
  deliver(): Promise<void>
  /** Looks at the trail for readings to be explained, and seals it. */
  watchTrail(): Promise<void>
  /** What the clock brings once a day. */
  runNight(): Promise<void>
  /** What the links of the messages hold, newest last. */
  letters(): readonly Letter[]
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
// Lines of the trail settle, and are forgotten, by the database's own clock: months after that of the run.
const ofTrail = ['seal-audit', 'tell-readings', 'watch-readings']
const nightly = timetable
  .map(({ task }) => task)
  .filter((task) => !regular.includes(task) && !ofTrail.includes(task) && task !== 'forget-trail')
const link = /\/([a-z-]+(?:\/[a-z-]+)*)[/#]([\w-]{64})(?=[\s"<.?)]|$)/g
const keptOfAPage = 20

/** Whoever has such an address receives everything. */
export const reachable = '@joignable.example'

/** What went wrong, with the causes that an error holds together. */
function reasonsOf(error: unknown): string {
  const inner: unknown[] = error instanceof AggregateError ? error.errors : []
  const cause = error instanceof Error && error.cause ? [error.cause] : []
  return [String(error), ...[...inner, ...cause].map(reasonsOf)].join(' < ')
}

/** Where messages arrive: what their links hold is kept, the latest of each page. */
class Letterbox {
  readonly #byPage = new Map<string, Letter[]>()
  #sent = 0

  readonly send = async (message: object): Promise<void> => {
    this.#sent += 1
    const to = 'to' in message ? String(message.to) : ''
    // Some addresses do not exist: what could not be delivered is the coordination's to see.
    if (this.#sent % 9 === 0 && !to.endsWith(reachable)) throw new SendFailure('refused', new Error('550'))
    for (const [, page, token] of Object.values(message).join('\n').matchAll(link)) {
      if (!page || !token) continue
      const kept = this.#byPage.get(page) ?? []
      this.#byPage.set(page, [...kept, { page, token, to }].slice(-keptOfAPage))
    }
  }

  letters(): Letter[] {
    return [...this.#byPage.values()].flat()
  }
}

/** Jobs run by hand, on the clock of the run. */
export function theErrands(tested: TestApp): Errands {
  const owner = openOwner(tested.database.ownerUrl, () => undefined)
  const failures: string[] = []
  const box = new Letterbox()
  const mailer = { describe: '', send: box.send, close: () => undefined }
  const { db, now } = tested.deps
  const deps = { db, kinds: caseKindsOf(), mailer, texter: { describe: '', send: box.send }, secureMailer: undefined }
  const common = { ...deps, publicUrl: 'https://maillage.example', owner, onProgress: () => undefined }
  const tasks = tasksOf({ ...common, now })
  const settled = tasksOf({ ...common, now: () => new Date(Date.now() + 120_000) })
  const run = async (topic: string, payload?: unknown, of = tasks): Promise<void> => {
    // Of the runner's own tools, the tasks use one at most: being told to stop.
    try {
      await of[topic]?.(payload, {} as never)
    } catch (error) {
      failures.push(`${topic}: ${reasonsOf(error)}`)
    }
  }
  const deliver = async (): Promise<void> => {
    // What a job leaves to do is done as well: a request, then its notice, then the message.
    for (let turn = 0; turn < 3; turn += 1) {
      const taken = await takeOutbox(tested)
      if (taken.length === 0) return
      for (const { topic, payload } of taken) await run(topic, payload)
    }
  }
  const runAll = async (topics: readonly string[]): Promise<void> => {
    for (const topic of topics) await run(topic)
  }
  return {
    failures,
    letters: () => box.letters(),
    deliver,
    async run() {
      await deliver()
      await runAll(regular)
    },
    async watchTrail() {
      for (const topic of ofTrail) await run(topic, undefined, settled)
    },
    runNight: () => runAll(nightly),
    close: () => owner.close(),
  }
}

async function takeOutbox(tested: TestApp): Promise<{ topic: string; payload: object }[]> {
  const now = tested.deps.now().toISOString()
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ topic: string; payload: object }>(sql`
      with taken as (
        update outbox set taken_at = now() where id in (
          select id from outbox where taken_at is null and coalesce(run_at, created_at) <= ${now} for update skip locked)
        returning cpts_id, id, topic, payload)
      select topic, payload || jsonb_build_object('cptsId', cpts_id) as payload from taken order by id`),
  )
  return rows
}
