import { type CptsId, RevalidationId } from '@maillage/contracts/kit/ids'
import type { RevalidationAnswer } from '@maillage/contracts/revalidation'
import { act } from '../../kernel/act.ts'
import { type Actor, systemActor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { findLink } from '../../kernel/links/links.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { keepAnswer, type Said, takeAsking } from './answer-asking.ts'
import type { RevalidationRow } from './revalidation.table.ts'
import type { RevalidationDeps } from './searches.ts'

/** What the page of a link says: never a name, nor what is sought for. */
export interface Question {
  readonly cptsName: string
  /** `open`: it may be answered; `answered`: it was, this way; `over`: nothing is asked any more. */
  readonly state: 'open' | 'answered' | 'over'
  readonly answer: RevalidationAnswer | null
  /** Several people of a household search together: an end says for whom it is. */
  readonly isHousehold: boolean
}

interface Row {
  cptsName: string
  endedAt: string | null
  answer: RevalidationAnswer | null
  isHousehold: boolean
}

const text = `select t.name as "cptsName", r.ended_at as "endedAt", r.answer, c.household_size > 1 as "isHousehold"
from revalidations r join cpts t on t.id = $1 join cases c on c.cpts_id = $1 and c.id = r.case_id
where r.cpts_id = $1 and r.id = $2`

const readQuestion = async (db: Db, cptsId: CptsId, id: string): Promise<Question | undefined> => {
  const [row] = await queryRows<Row>(db, { name: 'revalidation_question', text, values: [cptsId, id] })
  if (!row) return undefined
  const { cptsName, answer, isHousehold } = row
  return { cptsName, answer, isHousehold, state: stateOf(row) }
}

const stateOf = ({ endedAt, answer }: { endedAt: unknown; answer: unknown }): Question['state'] => {
  if (endedAt === null) return 'open'
  return answer === null ? 'over' : 'answered'
}

/** What a link asks; undefined for one that is unknown, too old, or made for something else. Reading answers nothing. */
export async function questionOf(deps: Deps, token: string): Promise<Question | undefined> {
  const link = await findLink(deps.db, token, 'still-searching', deps.now())
  return link && deps.db.read(link.cptsId, (db) => readQuestion(db, link.cptsId, link.subjectId))
}

/** Somebody who answers from a message: the system, under a name that the story shows. */
const linkActor = (cptsId: CptsId, requestId: string): Actor => ({ ...systemActor(cptsId), requestId })

/**
 * Answers by the link of a message. The first answer stands: a link that comes back, from a second message or by
 * mistake, only shows it. A search that was matched meanwhile is not touched.
 */
export async function answerByLink(
  deps: RevalidationDeps,
  token: string,
  { requestId, ...said }: Said & { requestId: string },
): Promise<Question | undefined> {
  const link = await findLink(deps.db, token, 'still-searching', deps.now())
  if (!link) return undefined
  const { cptsId } = link
  const id = RevalidationId.parse(link.subjectId)
  return act(deps, linkActor(cptsId, requestId), async (tx, context) => {
    const asked = await takeAsking({ tx, context }, id)
    if (asked.asking.endedAt === null && mayAnswer(asked.row.status)) await keepAnswer(deps, asked, said, 'link')
    else if (asked.asking.endedAt === null)
      return { ...(await known(tx, cptsId, asked.asking)), state: 'over' as const }
    return readQuestion(tx, cptsId, id)
  })
}

const mayAnswer = (status: string): boolean =>
  ['eligible', 'proposing', 'on_hold', 'submitted', 'info_requested'].includes(status)

async function known(tx: Db, cptsId: CptsId, asking: RevalidationRow): Promise<Question> {
  const question = await readQuestion(tx, cptsId, asking.id)
  if (!question) throw new Error('An asking that was taken is gone')
  return question
}
