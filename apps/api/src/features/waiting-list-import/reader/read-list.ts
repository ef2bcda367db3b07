import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { MunicipalityFinder } from '../../../kernel/patients/municipality-finder.ts'
import { ProblemError } from '../../../platform/problem-error.ts'
import type { ParsedLine } from '../parse-line.ts'
import type { GivenFile, ListAnswers, ListLines, ListQuestion } from './list-requests.ts'
import type { ThreadTask, ThreadWord } from './reading-thread.ts'

/** Written by the build: where the thread's own bundle lies, seen from this file. */
declare const listReaderPlace: string | undefined

/** Under this size a file is read where it is asked for, within some tens of milliseconds: no thread is worth it. */
const smallBytes = 128 * 1024

/** A file that would need more is refused by the thread's end rather than by the end of the server. */
const resourceLimits = { maxOldGenerationSizeMb: 1024 }

/** What reads workbooks weighs more than a slice: loaded with the first file that somebody gives. */
const onTheSpot = (): Promise<typeof import('./answer-list.ts')> => import('./answer-list.ts')

type Municipalities = () => MunicipalityFinder

/**
 * Answers one question about a list. A large file is read in a thread of its own: unzipping and reading a workbook of
 * 50,000 lines takes seconds, during which nobody else would be answered.
 */
export async function readList<Question extends ListQuestion>(
  file: GivenFile,
  question: Question,
  municipalities: Municipalities,
): Promise<ListAnswers[Question['ask']]> {
  if (file.content.length < smallBytes) return (await onTheSpot()).answerList(file, question, municipalities)
  const worker = startThread({ file, question })
  try {
    // The thread answers the question that it was given.
    return (await nextAnswer(worker)) as ListAnswers[Question['ask']]
  } finally {
    await worker.terminate()
  }
}

/** The lines of a list, some at a time; those of a large file wait in the thread that read it. */
export async function* readLines(file: GivenFile, municipalities: Municipalities): ListLines {
  if (file.content.length < smallBytes) {
    yield* (await onTheSpot()).parseSome(file, municipalities)
    return
  }
  const worker = startThread({ file })
  try {
    for (;;) {
      worker.postMessage('next')
      // It hands over lines as the parser makes them.
      const lines = (await nextAnswer(worker)) as readonly ParsedLine[]
      if (lines.length === 0) return
      yield lines
    }
  } finally {
    await worker.terminate()
  }
}

function startThread(workerData: ThreadTask): Worker {
  if (typeof listReaderPlace === 'string') {
    return new Worker(new URL(listReaderPlace, import.meta.url), { workerData, resourceLimits })
  }
  // From the sources: the thread first learns to read TypeScript, as this one did.
  const source = JSON.stringify(new URL('../../../list-reader.ts', import.meta.url).href)
  const learn = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}) })`
  return new Worker(learn, { workerData, resourceLimits, eval: true })
}

async function nextAnswer(worker: Worker): Promise<unknown> {
  const heard = new AbortController()
  const { signal } = heard
  const ended = once(worker, 'exit', { signal }).then(([code]): never => {
    throw new Error(`The thread that reads a list ended (${code})`)
  })
  ended.catch(() => undefined)
  try {
    const [word] = await Promise.race([once(worker, 'message', { signal }), ended])
    // The only thing that such a thread ever says.
    const said = word as ThreadWord
    if ('refusal' in said) throw new ProblemError(said.refusal.code, said.refusal.extras)
    return said.answer
  } finally {
    heard.abort()
  }
}
