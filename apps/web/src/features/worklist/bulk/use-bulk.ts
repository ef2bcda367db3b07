import type { AccountId, CaseId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { WorklistItem } from '@maillage/contracts/worklist'
import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import { caseApi, casePath } from '../../../kernel/case-api.ts'
import { useHttp } from '../../../platform/http.ts'
import { explain } from '../../../platform/problem-text.ts'
import { useUndo } from '../../../platform/undo.ts'
import { bulkApi } from './bulk.api.ts'
import { type BulkAct, type Closing, doneInWords } from './bulk-acts.ts'
import { type Outcome, runEach } from './run-each.ts'

/** Who is proposed first for a case: read before, and said. */
export interface FirstCandidate {
  id: PractitionerId
  name: string
}

/** An act with what it needs. */
export type BulkOrder =
  | { act: 'take'; to: AccountId }
  | { act: 'hand-over'; to: AccountId }
  | { act: 'propose'; first: ReadonlyMap<CaseId, FirstCandidate> }
  | { act: 'close'; closing: Closing }

export interface BulkRun {
  act: BulkAct
  total: number
  outcomes: readonly Outcome<WorklistItem>[]
  isRunning: boolean
}

export interface Bulk {
  /** What is under way, or was just done: it stays until it is closed. */
  run: Readonly<ShallowRef<BulkRun | undefined>>
  isRunning: ComputedRef<boolean>
  start: (order: BulkOrder, rows: readonly WorklistItem[]) => Promise<void>
  stop: () => void
  forget: () => void
}

/** Few enough for the others' requests to be answered meanwhile. */
const atOnce = 3

type Back = () => Promise<unknown>
type Step = (row: WorklistItem) => Promise<{ back?: Back; note?: string }>

/** Each act on one case: what it sends, and how it is put back where the case's life allows it. */
function useSteps(): (order: BulkOrder) => Step {
  const http = useHttp()
  const api = caseApi(http)
  const moves = bulkApi(http)
  const giveTo =
    (to: AccountId): Step =>
    async ({ id, version, ownerId }) => {
      const after = await api.changeOwner(id, { ownerId: to, version })
      return { back: () => api.changeOwner(id, { ownerId, version: after.version }) }
    }
  return (order) => {
    switch (order.act) {
      case 'take':
      case 'hand-over':
        return giveTo(order.to)
      case 'propose':
        return async ({ id, kind, version }) => {
          const first = order.first.get(id)
          if (!first) throw new NobodyToPropose()
          const body = { mode: 'direct' as const, practitionerIds: [first.id], version }
          const { items } = await api.propose(casePath(kind, id), body, crypto.randomUUID())
          return { note: first.name, back: () => Promise.all(items.map((one) => moves.withdraw(one))) }
        }
      case 'close':
        return async (row) => {
          const after = await moves.end(row, order.closing.codes[row.kind] ?? '')
          // The other kinds are not reopened; a search comes back to be proposed.
          return row.kind === 'gp-search' ? { back: () => moves.reopen({ ...row, version: after.version }) } : {}
        }
    }
  }
}

class NobodyToPropose extends Error {}

const whyOf = (error: unknown): string =>
  error instanceof NobodyToPropose ? 'Aucun médecin possible.' : explain(error).text

/** Does an act to several cases, one after the other: progress, what became of each, and ten seconds to put it back. */
export function useBulk(settled: (ids: readonly CaseId[]) => Promise<unknown>): Bulk {
  const run = shallowRef<BulkRun>()
  const undo = useUndo()
  const stepOf = useSteps()
  let stopping = new AbortController()

  const start = async (order: BulkOrder, rows: readonly WorklistItem[]): Promise<void> => {
    if (run.value?.isRunning) return
    stopping = new AbortController()
    const backs: { id: CaseId; back: Back }[] = []
    const done: CaseId[] = []
    const step = stepOf(order)
    const one = async (item: WorklistItem): Promise<Outcome<WorklistItem>> => {
      try {
        const { back, note } = await step(item)
        done.push(item.id)
        if (back) backs.push({ id: item.id, back })
        return { item, state: 'done', note }
      } catch (error) {
        return { item, state: 'refused', why: whyOf(error) }
      }
    }
    let current: BulkRun = { act: order.act, total: rows.length, outcomes: [], isRunning: true }
    run.value = current
    const tell = (outcome: Outcome<WorklistItem>): void => {
      current = { ...current, outcomes: [...current.outcomes, outcome] }
      run.value = current
    }
    const outcomes = await runEach(rows, one, { atOnce, stop: stopping.signal, tell })
    run.value = { ...current, outcomes, isRunning: false }
    if (backs.length > 0) {
      const text = doneInWords(order.act, done.length)
      const partly =
        backs.length < done.length ? `${text} (${backs.length} se ${backs.length > 1 ? 'rouvrent' : 'rouvre'})` : text
      undo.offerUndo({ text: partly, undo: () => putBack(backs) })
    }
    await settled(outcomes.filter(({ state }) => state !== 'stopped').map(({ item }) => item.id))
  }
  const putBack = async (backs: readonly { id: CaseId; back: Back }[]): Promise<void> => {
    const results = await Promise.allSettled(backs.map(({ back }) => back()))
    forget()
    await settled(backs.map(({ id }) => id))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  }
  const forget = (): void => {
    if (!run.value?.isRunning) run.value = undefined
  }
  return { run, isRunning: computed(() => run.value?.isRunning === true), start, stop: () => stopping.abort(), forget }
}
