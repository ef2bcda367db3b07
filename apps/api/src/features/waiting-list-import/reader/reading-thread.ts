import { type MessagePort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import type { MunicipalityFinder } from '../../../kernel/patients/municipality-finder.ts'
import { ProblemError } from '../../../platform/problem-error.ts'
import { answerList, parseSome } from './answer-list.ts'
import type { GivenFile, ListQuestion } from './list-requests.ts'

/** What the thread is started with; without a question its lines are asked for, one message for some of them. */
export interface ThreadTask {
  readonly file: GivenFile
  readonly question?: ListQuestion
}

/** What the thread says: an answer, or why the file is refused. */
export type ThreadWord =
  | { readonly answer: unknown }
  | { readonly refusal: { readonly code: ProblemError['code']; readonly extras: ProblemError['extras'] } }

const Task = z.custom<ThreadTask>((value) => typeof value === 'object' && value !== null && 'file' in value)

/** Does the one task of a reading thread. A refusal of the file is told as such; any other error ends the thread. */
export function serveReading(port: MessagePort, municipalities: () => MunicipalityFinder): void {
  const say = (word: ThreadWord): void => port.postMessage(word)
  const orRefuse = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      say({ refusal: { code: error.code, extras: error.extras } })
    }
  }
  const { file, question } = Task.parse(workerData)
  if (question) {
    orRefuse(() => say({ answer: answerList(file, question, municipalities) }))
    return
  }
  const lines = parseSome(file, municipalities)
  port.on('message', () => orRefuse(() => say({ answer: lines.next().value ?? [] })))
}
