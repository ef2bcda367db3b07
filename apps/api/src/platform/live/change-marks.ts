import { randomBytes } from 'node:crypto'
import { CptsId } from '@maillage/contracts/kit/ids'
import * as z from 'zod'
import type { Database } from '../db/database.ts'
import { parseJson } from '../parse-json.ts'
import type { Notifications } from './notifications.ts'

/** What the triggers send of a change in what pages show (migration `worklist_marks`); null: in every CPTS. */
const Told = z.object({ cptsId: CptsId.nullable(), mark: z.string() })

/** The connection is asked this often whether it still hears, while somebody asks for marks. */
const beatMs = 2000
/** Silent for longer, it vouches for nothing: a line that died without a word is believed for that long. */
const trustMs = 5000
/** Without a question for that long, nobody is asked anything any more. */
const idleMs = 60_000

/**
 * The latest change that this process heard of in each CPTS. A mark is the transaction that made the change, so that all
 * processes give it the same name, or this process's own word while it has heard of none. The same mark before two
 * readings means: nothing that pages show was committed and heard of in between. One a process.
 */
export class ChangeMarks {
  readonly #notifications: Notifications
  readonly #marks = new Map<CptsId, string>()
  /** Of what every CPTS shows; empty while none was heard of. */
  #common = ''
  /** Changes with every loss of the notifications; undefined while they are lost. */
  #epoch: string | undefined
  /** CPTS in which this process committed what it may not have heard of yet, by the number of its commit. */
  readonly #unheard = new Map<string, number>()
  #commits = 0
  #isAsking = false
  #provenAt = 0
  #askedAt = 0
  #beat: NodeJS.Timeout | undefined
  #unfollow: (() => void) | undefined

  constructor(notifications: Notifications) {
    this.#notifications = notifications
  }

  /** The mark of a CPTS at this moment, to be taken before the page is read; undefined when none can be vouched for. */
  markOf(cptsId: CptsId): string | undefined {
    this.#askedAt = performance.now()
    this.#listen()
    const isSure = this.#askedAt - this.#provenAt < trustMs && !this.#unheard.has(cptsId) && !this.#unheard.has('')
    if (!this.#epoch || !isSure) return undefined
    return `${this.#marks.get(cptsId) ?? this.#epoch} ${this.#common}`
  }

  /** The same door to the data, after whose commits no older mark is given out: whoever wrote reads what they wrote. */
  watch(db: Database): Database {
    const told = async <T>(cptsId: string, work: Promise<T>): Promise<T> => {
      try {
        return await work
      } finally {
        // Also when it failed: the answer to a commit may have been lost, and not the commit.
        this.#committed(cptsId)
      }
    }
    return {
      ...db,
      transaction: (cptsId, work) => told(cptsId, db.transaction(cptsId, work)),
      global: (work) => told('', db.global(work)),
    }
  }

  close(): void {
    clearInterval(this.#beat)
    this.#beat = undefined
    this.#unfollow?.()
    this.#epoch = undefined
  }

  #listen(): void {
    this.#unfollow ??= this.#notifications.follow({
      onMessage: (payload) => this.#hear(payload),
      onLost: () => this.#forget(),
      onBack: () => this.#begin(),
    })
    this.#beat ??= setInterval(() => this.#keepSure(), beatMs).unref()
  }

  #begin(): void {
    this.#forget()
    this.#epoch = randomBytes(9).toString('base64url')
    this.#provenAt = performance.now()
  }

  #forget(): void {
    this.#epoch = undefined
    this.#marks.clear()
    this.#common = ''
    // What was committed before the connection came back is seen by whatever is read from then on.
    this.#unheard.clear()
  }

  #hear(payload: string): void {
    if (!payload.includes('"mark"')) return
    const told = Told.safeParse(parseJson(payload))
    // A mark that cannot be read may be of any CPTS: none of the known ones holds any more.
    if (!told.success) this.#begin()
    else if (told.data.cptsId === null) this.#common = told.data.mark
    else this.#marks.set(told.data.cptsId, told.data.mark)
  }

  #committed(cptsId: string): void {
    if (!this.#epoch) return
    this.#commits += 1
    this.#unheard.set(cptsId, this.#commits)
    if (!this.#isAsking) void this.#ask()
  }

  #keepSure(): void {
    if (performance.now() - this.#askedAt < idleMs) {
      if (!this.#isAsking) void this.#ask()
      return
    }
    clearInterval(this.#beat)
    this.#beat = undefined
  }

  /** Asks the connection whether it has heard all, until all that this process committed is known to be heard. */
  async #ask(): Promise<void> {
    this.#isAsking = true
    let isHeard = true
    do {
      const upTo = this.#commits
      const askedAt = performance.now()
      isHeard = await this.#notifications.confirm()
      if (!isHeard) break
      this.#provenAt = askedAt
      for (const [cptsId, commit] of this.#unheard) if (commit <= upTo) this.#unheard.delete(cptsId)
    } while (this.#unheard.size > 0)
    this.#isAsking = false
  }
}
