/** A statement as a driver is given it. */
interface Asked {
  readonly name?: string
  readonly text: string
}

// A planned statement takes some tens of kilobytes of its connection's memory, as long as the connection lives.
const mostNames = 300
// Longer ones are bulk inserts, whose text changes with the number of their rows.
const longestText = 10_000

/**
 * Names the statements that a connection sends again, so that PostgreSQL parses and plans them once: what a query builder
 * writes has parameters and the same text each time. What comes once is sent as it is, and so is all the rest once a
 * connection knows enough names: a text that varies without end cannot fill the server's memory.
 */
export function nameRepeated(most: number = mostNames): <Statement extends Asked>(statement: Statement) => Statement {
  const seen = new Map<string, string | null>()
  let named = 0
  return (statement) => {
    const { text } = statement
    if (statement.name !== undefined || text.length > longestText) return statement
    const known = seen.get(text)
    if (known) return { ...statement, name: known }
    if (named >= most) return statement
    if (known === undefined) {
      if (seen.size > 4 * most) forgetOnce(seen)
      seen.set(text, null)
      return statement
    }
    named += 1
    const name = `again_${named}`
    seen.set(text, name)
    return { ...statement, name }
  }
}

function forgetOnce(seen: Map<string, string | null>): void {
  for (const [text, name] of seen) if (name === null) seen.delete(text)
}
