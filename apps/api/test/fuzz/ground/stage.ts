import type { TestApp } from '../../build-test-app.ts'
import type { Errands } from '../errands.ts'
import type { Json } from '../json.ts'
import type { Caller, Given, World } from '../world.ts'
import type { Strays } from './strays.ts'

/** What was answered to a request that prepares another. */
export interface Told {
  readonly status: number
  readonly body: Json
  readonly url: string
  readonly params: readonly string[]
}

/** Where what an operation needs is prepared. */
export interface Stage {
  readonly tested: TestApp
  readonly world: World
  readonly callers: readonly Caller[]
  readonly errands: Errands
  readonly strays: Strays
  /** Lets time pass. */
  pass(ms: number): void
  /** Sends a request, judged and counted with the others. */
  ask(operation: string, caller: Caller, given?: Given): Promise<Told>
}

/** Prepares what an operation needs to act, by the acts that lead to it; undefined leaves all of it to chance. */
export type Ground = (stage: Stage, caller: Caller) => Promise<Given | undefined>

/** What the newest message to somebody holds that opens this page, once what waited has left. */
export async function linkTo(stage: Stage, page: string, to: string): Promise<string | undefined> {
  await stage.errands.deliver()
  return stage.errands.letters().findLast((letter) => letter.page === page && letter.to === to)?.token
}

/** Half a minute: the code of an authenticator serves once. */
export const codeLastsMs = 31_000
