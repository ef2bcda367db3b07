import type { Consent } from '@maillage/contracts/cases'
import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { findLookAlikes } from '../../kernel/patients/look-alikes.ts'
import { ProblemError } from '../../platform/problem-error.ts'
import { type LinesSeen, linesSeen } from './lines-seen.ts'
import type { GpSearchDraft, ParsedLine } from './parse-line.ts'
import type { LineWarning, Refusal } from './refusals.ts'
import { findKnownSearch } from './waiting-list-import.store.ts'

/** A search as the slice that owns searches opens it. */
export type SearchToOpen = {
  patient: PatientDetails
  details: GpSearchDetails
  registeredAt: string | undefined
  consent: Consent | undefined
}

/** Which list, into which CPTS, and how far. */
export interface WaitingListImport {
  readonly cptsId: CptsId
  /** Its lines, read, some at a time, in the order of the file. */
  readonly lines: AsyncIterable<readonly ParsedLine[]> | Iterable<readonly ParsedLine[]>
  /** How many there are. */
  readonly total: number
  /** Says what would happen, writes nothing. */
  readonly isDryRun: boolean
  /** Lines that an earlier run, cut short, has settled. */
  readonly settled?: ReadonlySet<number>
  /** The act that opens the search of a line, in a transaction of its own. */
  open(search: SearchToOpen, line: number): Promise<{ reference: string; lookAlike: boolean }>
  /** Hears of each line once it is settled. */
  onOutcome?(outcome: LineOutcome): Promise<void>
  onProgress?(done: number, all: number): void
  /** Between some lines and the next: the place to let others work, or to stop. False: stop here. */
  onPause?(tookMs: number): Promise<boolean>
}

/** What became of a line: every line read has exactly one. */
export type LineOutcome =
  | { line: number; outcome: 'opened'; reference: string | undefined; lookAlike: boolean; warnings: LineWarning[] }
  | { line: number; outcome: 'already-there'; reference: string; isOpen: boolean }
  | { line: number; outcome: 'repeated'; sameAsLine: number }
  | { line: number; outcome: 'refused'; refusals: Refusal[] }

/** A fault of ours or of the database stopped the list; what was done is done, and the list may be given again. */
export class WaitingListInterrupted extends Error {
  readonly outcomes: readonly LineOutcome[]
  readonly line: number

  constructor(line: number, outcomes: readonly LineOutcome[], cause: unknown) {
    super(`The import of the waiting list stopped at line ${line}`, { cause })
    this.name = 'WaitingListInterrupted'
    this.outcomes = outcomes
    this.line = line
  }
}

const progressEvery = 250

/**
 * Opens a search for each line of a list that nobody opened yet, each in its own small transaction. The same list given
 * twice opens nothing twice: a person is recognised by birth name, first name, birth date and sex.
 */
export async function importWaitingList(deps: Deps, given: WaitingListImport): Promise<LineOutcome[]> {
  const outcomes: LineOutcome[] = []
  const seen = linesSeen()
  for await (const some of given.lines) {
    const began = performance.now()
    // One after the other: a line must see the person that the line before it brought.
    for (const parsed of some) {
      if (given.settled?.has(parsed.line)) {
        if ('draft' in parsed) seen.add({ line: parsed.line, patient: parsed.draft.patient })
        continue
      }
      try {
        const outcome: LineOutcome =
          'draft' in parsed ? await take(deps, given, seen, parsed) : { ...parsed, outcome: 'refused' }
        outcomes.push(outcome)
        await given.onOutcome?.(outcome)
      } catch (error) {
        throw new WaitingListInterrupted(parsed.line, outcomes, error)
      }
      if (outcomes.length % progressEvery === 0) given.onProgress?.(outcomes.length, given.total)
    }
    if ((await given.onPause?.(performance.now() - began)) === false) break
  }
  return outcomes
}

type Read = { line: number; draft: GpSearchDraft; warnings: LineWarning[] }

async function take(deps: Deps, given: WaitingListImport, seen: LinesSeen, read: Read): Promise<LineOutcome> {
  const { line, draft, warnings } = read
  const { cptsId, isDryRun } = given
  const sameAsLine = seen.sameAs(draft.patient)
  if (sameAsLine !== undefined) return { line, outcome: 'repeated', sameAsLine }
  const known = await deps.db.read(cptsId, (db) => findKnownSearch(db, cptsId, draft.patient))
  if (known) return { line, outcome: 'already-there', ...known }
  try {
    const opened = isDryRun
      ? { reference: undefined, lookAlike: await wouldLookAlike(deps, given, seen, draft.patient) }
      : await given.open(searchOf(draft, deps.now()), line)
    seen.add({ line, patient: draft.patient })
    return { line, outcome: 'opened', reference: opened.reference, lookAlike: opened.lookAlike, warnings }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const details = (error.extras.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)
    return {
      line,
      outcome: 'refused',
      refusals: [{ code: 'not-accepted', value: [error.code, ...details].join(', ') }],
    }
  }
}

async function wouldLookAlike(
  deps: Deps,
  { cptsId }: WaitingListImport,
  seen: LinesSeen,
  patient: PatientDetails,
): Promise<boolean> {
  if (seen.hasLookAlike(patient)) return true
  const alike = await act(deps, systemActor(cptsId), (tx, context) => findLookAlikes(tx, context, patient))
  return alike.length > 0
}

/** Seniority begins at noon of the day that the list gives; of today, now. */
function searchOf({ patient, details, registeredAt, hasConsent }: GpSearchDraft, now: Date): SearchToOpen {
  const noon = registeredAt && `${registeredAt}T12:00:00.000Z`
  const since = noon && noon < now.toISOString() ? noon : now.toISOString()
  const consent: Consent | undefined = hasConsent
    ? { givenAt: since, channel: 'oral', informedBy: 'Liste d’attente reprise' }
    : undefined
  return { patient, details, registeredAt: registeredAt && since, consent }
}
