import type { ApiDocument } from './document.ts'
import { parseJson, textAt } from './json.ts'
import type { Draft } from './world.ts'

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

interface Fault {
  readonly what: string
  readonly request: string
  readonly answer: string
}

const anyUuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** A request as it can be sent again: who, what, with which body. */
function replayOf({ caller, method, url, headers, payload, note, style }: Draft): string {
  const { authorization: _, cookie: __, ...shown } = headers
  const body = Buffer.isBuffer(payload) ? `<${payload.length} bytes: ${note}>` : payload?.slice(0, 3000)
  return JSON.stringify({ role: caller.name, style, note, method, url: url.slice(0, 600), headers: shown, body })
}

/** What no answer may be, whoever asked for what. */
export class Judge {
  readonly #document: ApiDocument
  /** By id, each higher version that was told, and how many answers had come before it. */
  readonly #versions = new Map<string, { version: number; at: number }[]>()
  #answers = 0
  /** Ids of each territory, which the other must never be told. */
  readonly secrets: Record<'ours' | 'theirs', Set<string>> = { ours: new Set(), theirs: new Set() }
  /** Those that both know by right. */
  readonly shared = new Set<string>()
  readonly faults: Fault[] = []

  constructor(document: ApiDocument) {
    this.#document = document
  }

  /** To be asked as a request leaves: of several that are under way, any may be answered first. */
  moment(): number {
    return this.#answers
  }

  /** Judges what was answered to a request that left at that moment; one that went astray is held to less. */
  check(draft: Draft, answer: Answer, { isMisdirected, left }: { isMisdirected: boolean; left: number }): void {
    this.#answers += 1
    const { status, body } = answer
    const tell = (what: string): void => {
      this.faults.push({
        what: `${draft.operation.id}: ${what}`,
        request: replayOf(draft),
        answer: `${status} ${body.slice(0, 700)}`,
      })
    }
    if (status >= 500) tell(`the server failed with ${status}`)
    else if (!isMisdirected) {
      const fault = this.#document.faultOf(draft.operation, answer)
      if (fault) tell(fault)
    }
    if (status >= 400 && body !== '' && textAt(parseJson(body), 'code') === undefined)
      tell('a refusal that is no problem')
    this.#checkWalls(draft, answer, tell)
    if (status < 300) this.#checkVersions(draft, body, left, tell)
  }

  #checkWalls(
    { caller, url, payload, operation }: Draft,
    { body, status }: Answer,
    tell: (what: string) => void,
  ): void {
    const other = this.secrets[caller.territory === 'ours' ? 'theirs' : 'ours']
    const sent = `${url} ${typeof payload === 'string' ? payload : ''}`.toLowerCase()
    for (const [id] of body.matchAll(anyUuid)) {
      // What somebody sent themselves comes back to them in a draft, or in a view that they keep.
      const isEcho = sent.includes(id) && /drafts|saved-views|preferences/.test(operation.path)
      if (other.has(id) && !this.shared.has(id) && !isEcho) tell(`tells an id of the other territory: ${id}`)
    }
    const asked = [...url.matchAll(anyUuid)].some(([id]) => other.has(id) && !this.shared.has(id))
    if (asked && status < 300 && !url.includes('?')) tell('answers about an id of the other territory')
    const mark = caller.territory === 'ours' ? marks.theirs : marks.ours
    if (body.includes(mark) && !sent.includes(mark.toLowerCase())) tell('tells a name of the other territory')
  }

  #checkVersions({ url }: Draft, body: string, left: number, tell: (what: string) => void): void {
    const value = parseJson(body)
    const id = textAt(value, 'id')
    const version = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.version : undefined
    if (id === undefined || typeof version !== 'number') return
    const told = this.#versions.get(id) ?? []
    const before = told.findLast(({ at }) => at <= left)?.version ?? 0
    if (version < before) tell(`the version went back from ${before} to ${version} at ${url}`)
    if (version > (told.at(-1)?.version ?? 0)) this.#versions.set(id, [...told, { version, at: this.#answers }])
  }
}

/** What the names given by each territory hold. */
export const marks = { ours: 'Cismarche', theirs: 'Outremarche' } as const
