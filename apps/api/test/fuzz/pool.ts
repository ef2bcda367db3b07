import type { Random } from '../../seeds/demo/invent/random.ts'
import { isObject, type Json, type JsonObject, numberAt, textAt } from './json.ts'

/** Something that exists in the database, as it was last answered. */
export interface Known {
  readonly id: string
  readonly kinds: Set<string>
  /** What it stands under: the discharge of a need, the practitioner of an absence. */
  parents: ReadonlySet<string>
  version: number | undefined
  status: string | undefined
  /** What the API says may be done with it now. */
  actions: readonly string[]
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (value: Json | undefined): value is string => typeof value === 'string' && uuid.test(value)

const caseKinds = ['gp-search', 'unscheduled-care', 'hospital-discharge']
// Two names of one thing: who owns a case or calls back is one of the coordinators.
const aliases: Record<string, string> = {
  owner: 'coordinator',
  assignee: 'coordinator',
  deputy: 'coordinator',
  member: 'practitioner',
  kept: 'patient',
  linked: 'linked-case',
  'up-to': 'message',
}

/** `linkedCases`, `linked-cases` and `linkedCaseIds` are all of `linked-case`. */
export function kindOf(name: string): string {
  const kebab = name
    .replace(/Ids?$/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
  const kind = kebab.replace(/ches$/, 'ch').replace(/ies$/, 'y').replace(/s$/, '')
  return aliases[kind] ?? kind
}

const mostOfAKind = 80

/** What the answers taught: who knows which ids, and how things stood when they were last read. */
export class Pool {
  readonly #byId = new Map<string, Known>()
  readonly #ids = new Map<string, string[]>()
  readonly #shunned = new Set<string>()
  readonly #missed = new Map<string, number>()
  readonly #met: string[] = []
  readonly #versionAt = new Map<string, number>()
  /** Texts that only the server makes, by key: cursors, tokens, references. */
  readonly #texts = new Map<string, string[]>()

  /** Takes in an answer: everything with an id, under the kind that its place gives it. */
  learn(caller: string, request: { path: string; url: string; params: readonly string[] }, answer: Json): void {
    const segments = request.path.split('/').filter((part) => part !== '' && !part.startsWith('{'))
    const bare = request.url.split('?')[0] ?? ''
    const version = numberAt(answer, 'version')
    if (version !== undefined) this.#versionAt.set(bare, version)
    const caseVersion = numberAt(answer, 'caseVersion')
    const first = this.#byId.get(request.params[0] ?? '')
    if (caseVersion !== undefined && first) first.version = caseVersion
    const last = segments.at(-1) ?? ''
    // The wards stand in their houses.
    const kind = last === 'units' ? 'organization' : kindOf(last)
    this.#walk(caller, answer, { kind, parents: request.params, at: bare })
  }

  #walk(caller: string, value: Json, place: { kind: string; parents: readonly string[]; at: string }): void {
    if (Array.isArray(value)) {
      for (const item of value) this.#walk(caller, item, place)
      return
    }
    if (!isObject(value)) return
    if (isUuid(value.id)) this.#keep(caller, value.id, value, place)
    else this.#keepNamed(value, place.at)
    const parents = isUuid(value.id) ? [...place.parents, value.id] : place.parents
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'next' && typeof inner === 'string') this.#keepText(caller, `next ${place.at}`, inner)
      if (/^(kind|name|form|code)$/.test(key) && typeof inner === 'string')
        this.#keepText(caller, `${key} at ${place.at}`, inner)
      const calendar = /calendars\/([\w-]+)\.ics/.exec(typeof inner === 'string' ? inner : '')?.[1]
      if (calendar) this.#keepText(caller, 'calendar', calendar)
      if (/^(reference|token|url)$/.test(key) && typeof inner === 'string') this.#keepText(caller, key, inner)
      if (key.endsWith('Id') && isUuid(inner)) this.#keep(caller, inner, {}, { ...place, kind: kindOf(key) })
      const kind = key === 'items' || key === 'case' ? place.kind : kindOf(key)
      if (typeof inner === 'object') this.#walk(caller, inner, { ...place, kind, parents })
    }
  }

  /** What is addressed by a name rather than an id, such as a setting: its version stands at its own address. */
  #keepNamed(value: JsonObject, at: string): void {
    const version = numberAt(value, 'version')
    const name = textAt(value, 'name') ?? textAt(value, 'kind')
    if (version !== undefined && name !== undefined) this.#versionAt.set(`${at}/${name}`, version)
  }

  #keep(caller: string, id: string, value: JsonObject, place: { kind: string; parents: readonly string[] }): void {
    const known = this.#byId.get(id) ?? {
      id,
      kinds: new Set<string>(),
      parents: new Set<string>(),
      version: undefined,
      status: undefined,
      actions: [],
    }
    if (!this.#byId.has(id)) this.#met.push(id)
    this.#byId.set(id, known)
    known.version = numberAt(value, 'version') ?? known.version
    known.status = textAt(value, 'status') ?? known.status
    known.parents = new Set([...known.parents, ...place.parents])
    if (Array.isArray(value.allowedActions)) {
      const open = value.allowedActions.filter((one) => isObject(one) && one.disabledBecause === undefined)
      known.actions = open.map((one) => textAt(one, 'action') ?? '')
    }
    const own = textAt(value, 'kind')
    // An answer to an act on a thing is that thing again, whatever the last word of the address.
    const kinds = known.kinds.size > 0 && place.parents.includes(id) ? [] : [place.kind]
    if (own && caseKinds.includes(own) && value.reference !== undefined && value.preview === undefined)
      kinds.push(own, 'case')
    if (caseKinds.includes(place.kind)) kinds.push('case')
    for (const kind of kinds) this.#list(caller, kind, known)
  }

  #list(caller: string, kind: string, known: Known): void {
    known.kinds.add(kind)
    const key = `${caller} ${kind}`
    const ids = this.#ids.get(key) ?? []
    if (ids.includes(known.id)) return
    ids.push(known.id)
    if (ids.length > mostOfAKind) ids.shift()
    this.#ids.set(key, ids)
  }

  #keepText(caller: string, key: string, text: string): void {
    const texts = this.#texts.get(`${caller} ${key}`) ?? []
    if (!texts.includes(text)) texts.push(text)
    if (texts.length > 40) texts.shift()
    this.#texts.set(`${caller} ${key}`, texts)
  }

  /** Those of a kind that a caller was ever told of, the exact kind first, then what ends with the same word. */
  known(caller: string, kind: string): Known[] {
    const exact = this.#ids.get(`${caller} ${kind}`) ?? []
    const start = `${caller} `
    const like = (key: string): boolean => key.startsWith(start) && key.endsWith(`-${kind}`)
    const ids = exact.length > 0 ? exact : [...this.#ids].flatMap(([key, found]) => (like(key) ? found : []))
    return ids.flatMap((id) => this.#byId.get(id) ?? [])
  }

  /** A text of this key that a caller was given. */
  text(caller: string, key: string, random: Random): string | undefined {
    const texts = this.#texts.get(`${caller} ${key}`) ?? []
    return texts.length > 0 ? random.pick(texts) : undefined
  }

  find(id: string): Known | undefined {
    return this.#byId.get(id)
  }

  versionAt(url: string): number | undefined {
    return this.#versionAt.get(url)
  }

  /** Its version is no longer known: somebody else changed it. */
  forgetVersions(url: string, ids: readonly string[]): void {
    this.#versionAt.delete(url)
    for (const id of ids) {
      const known = this.#byId.get(id)
      if (known) known.version = undefined
    }
  }

  /** It is no more, or not for this caller and this operation. */
  shun(caller: string, operation: string, id: string): void {
    this.#shunned.add(`${caller} ${operation} ${id}`)
    const times = (this.#missed.get(`${caller} ${id}`) ?? 0) + 1
    this.#missed.set(`${caller} ${id}`, times)
    // Two operations did not find it: it is gone, for this caller at least.
    if (times > 1) this.drop(id, caller)
  }

  isShunned(caller: string, operation: string, id: string): boolean {
    return this.#shunned.has(`${caller} ${operation} ${id}`)
  }

  /** Gone for everybody, or for one caller. */
  drop(id: string, caller?: string): void {
    for (const [key, ids] of this.#ids) {
      const isMeant = caller === undefined || key.startsWith(`${caller} `)
      const left = ids.filter((one) => one !== id)
      if (isMeant && left.length < ids.length) this.#ids.set(key, left)
    }
  }

  /** The ids that were met for the first time since this was last asked. */
  newlyTold(): string[] {
    return this.#met.splice(0)
  }
}
