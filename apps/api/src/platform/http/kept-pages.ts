import { createHash } from 'node:crypto'
import type { SignedInActor } from './access.ts'

/** What a page depends on, beside the data. */
export interface PageAsked {
  readonly actor: SignedInActor
  /** The mark of the data, taken before it is read; undefined when nothing vouches for it. */
  readonly mark: string | undefined
  /** The program that writes the answer: another one may write it otherwise. */
  readonly build: string
  /** What was asked, parsed. */
  readonly query: object
}

/**
 * The name of a page: the same name, the same page. It is bound to the person, their role and CPTS, so that it tells
 * nothing to anybody else. Weak: the bytes may be compressed on their way.
 */
export function nameOfPage({ actor, mark, build, query }: PageAsked): string | undefined {
  if (mark === undefined) return undefined
  const { cptsId, accountId, membershipId, role } = actor
  const facts = JSON.stringify([build, mark, cptsId, accountId, membershipId, role, query])
  return `W/"${createHash('sha256').update(facts).digest('base64url')}"`
}
