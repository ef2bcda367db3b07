import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows, type Statement } from '../../platform/db/named-query.ts'
import type { Sought } from './patient-lookup.ts'

/** Adds a value to a statement and gives its placeholder: `$3::uuid`. */
export type Param = (value: unknown, type: string) => string

/** Who was found: at most a few hundred people, whatever was typed. */
export interface FoundPatients {
  /** By the beginnings of their names, a phone, a birth date or a reference; in the order of the words found. */
  readonly ids: readonly PatientId[]
  /** Others, whose names only hold what was typed: looked for when the beginnings find few. */
  readonly inside: readonly PatientId[]
  /** More people may match than were looked at: whoever typed so little should type more. */
  readonly isPartial: boolean
}

// Words read in the index, in its order: what a search costs does not grow with the territory. With several words more
// are read, since each other word leaves some out.
const mostWalked = 200
const mostWalkedOfSeveral = 1000
// Fewer than a page by the beginnings: names are looked into.
const few = 20
const shortestInside = 3
const mostEndings = 200

/** Looks for whom was typed, in a bounded number of rows; `walk` is how many words to read when one word was typed. */
export async function findPatients(
  db: Db,
  cptsId: CptsId,
  sought: Sought,
  walk: number = mostWalked,
): Promise<FoundPatients> {
  const byBeginning = beginningStatement(sought, cptsId, walk)
  if (!byBeginning) return { ids: [], inside: [], isPartial: false }
  const begun = await walked(db, byBeginning)
  const byInside = !begun.cut && begun.ids.length < few ? insideStatement(sought, cptsId) : null
  if (!byInside) return { ids: begun.ids, inside: [], isPartial: begun.cut }
  const within = await walked(db, byInside)
  const known = new Set(begun.ids)
  return { ids: begun.ids, inside: within.ids.filter((id) => !known.has(id)), isPartial: within.cut }
}

interface Walked {
  ids: PatientId[]
  cut: boolean
}

async function walked(db: Db, statement: Statement): Promise<Walked> {
  const [row] = await queryRows<Walked>(db, statement)
  // One person may have been met by several words: the first counts, so that the order of the words stays.
  return row ? { ids: [...new Set(row.ids)], cut: row.cut } : { ids: [], cut: false }
}

// The last character of Unicode: in byte order, whatever begins with the word comes before it.
const beyond = (word: string): string => `${word}\u{10ffff}`

/** By range, because LIKE cannot use its index under row-level security. */
const begins = (column: string, word: string, param: Param): string =>
  `${column} >= ${param(word, 'text')} and ${column} < ${param(beyond(word), 'text')}`

const tokensFrom = (word: string, limit: number, param: Param): string =>
  `(select patient_id from patient_search_tokens where cpts_id = $1 and ${begins('token', word, param)}
    order by token, patient_id limit ${limit})`

// « offset 0 »: one look-up in the index of a patient's words for each person walked, never the whole range of a word.
const wears = (condition: string): string =>
  `exists (select from patient_search_tokens o where o.cpts_id = $1 and o.patient_id = w.patient_id and (${condition}) offset 0)`

const born = (day: string, param: Param): string =>
  `exists (select from patients b where b.cpts_id = $1 and b.id = w.patient_id and b.birth_date = ${param(day, 'date')} offset 0)`

const isTrue = 'true'

/** One array and whether the walk stopped before its end. The text depends on the number of words alone: kept prepared. */
function statementOf(name: string, values: unknown[], parts: { walks: string[]; wheres: string[]; cut: string }) {
  const { walks, wheres, cut } = parts
  return {
    name,
    text: `with walked as materialized (${walks.join('\n  union all ')})
select array(select w.patient_id from walked w where ${wheres.join(' and ') || isTrue}) as ids, ${cut} as cut`,
    values,
  }
}

/** The most selective first: a reference, a birth date, else the longest word; the others leave people out. */
function beginningStatement({ words, birthDate, references }: Sought, cptsId: CptsId, walk: number): Statement | null {
  const values: unknown[] = [cptsId]
  const param: Param = (value, type) => `$${values.push(value)}::${type}`
  const [lead, ...others] = byLength(words)
  const most = others.length > 0 || birthDate ? mostWalkedOfSeveral : walk
  const cut = `(select count(*) >= ${most} from walked)`
  if (references.length > 0) {
    const text = `select patient_id from cases where cpts_id = $1 and reference = any(${param(references, 'text[]')})`
    return statementOf('patients_by_reference', values, { walks: [text], wheres: [], cut: 'false' })
  }
  const name = `patients_begun_${words.map((spellings) => spellings.length).join('_')}_${birthDate ? 'born' : ''}_${most}`
  const wearsOne = (spellings: readonly string[]): string =>
    wears(spellings.map((word) => begins('o.token', word, param)).join(' or '))
  if (birthDate) {
    const walks = [
      `(select id as patient_id from patients where cpts_id = $1 and merged_into_id is null and birth_date = ${param(birthDate, 'date')} limit ${most})`,
    ]
    return statementOf(name, values, { walks, wheres: words.map(wearsOne), cut })
  }
  if (!lead) return null
  const walks = lead.map((word) => tokensFrom(word, most, param))
  // A whole name is a word of the index too, in both orders: found at once, however many share one of its words.
  if (others.length > 0) walks.push(tokensFrom(words.map(([word]) => word).join(' '), mostWalked, param))
  return statementOf(name, values, { walks, wheres: others.map(wearsOne), cut })
}

const byLength = (words: Sought['words']): Sought['words'] =>
  words.toSorted(([one = ''], [other = '']) => other.length - one.length)

/** Names that hold the words elsewhere than at their beginning: by the endings of every name borne in the CPTS. */
function insideStatement({ words, birthDate }: Sought, cptsId: CptsId): Statement | null {
  const [lead, ...others] = byLength(words).map(([word = '']) => word)
  if (!lead || lead.length < shortestInside || /[\d+]/.test(lead)) return null
  const values: unknown[] = [cptsId]
  const param: Param = (value, type) => `$${values.push(value)}::${type}`
  const most = others.length > 0 || birthDate ? mostWalkedOfSeveral : mostWalked
  const walks = [
    `(select t.patient_id from (select distinct word from (
      select word from patient_name_endings where cpts_id = $1 and ${begins('ending', lead, param)} order by ending, word limit ${mostEndings}
    ) held) n cross join lateral (
      select patient_id from patient_search_tokens where cpts_id = $1 and token = n.word order by patient_id limit ${most}
    ) t limit ${most})`,
  ]
  if (others.length > 0) walks.push(tokensFrom(lead, most, param))
  const wheres = others.map((word) =>
    wears(
      word.length < shortestInside ? begins('o.token', word, param) : `strpos(o.token, ${param(word, 'text')}) > 0`,
    ),
  )
  if (birthDate) wheres.push(born(birthDate, param))
  const shape = others.map((word) => (word.length < shortestInside ? 'short' : 'long')).join('_')
  const cut = `(select count(*) >= ${most} from walked)`
  return statementOf(`patients_inside_${shape}_${birthDate ? 'born' : ''}`, values, { walks, wheres, cut })
}
