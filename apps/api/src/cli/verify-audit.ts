import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { findBrokenSeal } from '../kernel/record/seal-audit.ts'
import type { Command } from './command.ts'

/** Checks every seal of the trail; a range that was changed or cut is told, and the command fails. */
export const verifyAudit: Command = {
  name: 'verify-audit',
  summary: 'vérifie que le journal d’accès n’a pas été altéré',
  async run({ asOwner, say }) {
    const broken = await asOwner(async (tx) => {
      const { rows } = await tx.execute<{ id: CptsId; name: string }>(sql`select id, name from cpts order by name`)
      const found: string[] = []
      for (const { id, name } of rows) {
        const position = await findBrokenSeal(tx, id)
        say(position === null ? `${name} : journal intact.` : `${name} : altéré à partir de la ligne ${position}.`)
        if (position !== null) found.push(name)
      }
      return found
    })
    if (broken.length > 0) process.exitCode = 1
  },
}
