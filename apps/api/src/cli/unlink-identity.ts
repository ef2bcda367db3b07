import { eq } from 'drizzle-orm'
import { accounts } from '../kernel/tables/cpts.table.ts'
import { openidLinks } from '../platform/openid/openid.table.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import type { Command } from './command.ts'
import { demanded, readOptions } from './read-options.ts'

const usage = `Usage : pnpm maillage unlink-identity --email "prenom.nom@exemple.fr"
  La prochaine entrée par Pro Santé Connect ou par l’annuaire d’un hôpital fixe l’identité à nouveau.`

const options = { email: { type: 'string' } } as const

/** Forgets who an account is at the providers: for an identity that was made anew, or fixed to the wrong account. */
export const unlinkIdentity: Command = {
  name: 'unlink-identity',
  summary: 'défait le lien d’un compte avec Pro Santé Connect ou l’annuaire d’un hôpital',
  async run({ asOwner, say }, args) {
    const email = demanded(readOptions(args, options, usage).email, 'email', usage)
      .trim()
      .toLowerCase()
    const count = await asOwner(async (tx) => {
      const [account] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
      if (!account) throw new StartRefusal('Aucun compte n’a cette adresse.')
      const gone = await tx.delete(openidLinks).where(eq(openidLinks.accountId, account.id)).returning()
      return gone.length
    })
    say(count === 0 ? 'Ce compte n’était lié à aucune identité.' : `Liens défaits : ${count}`)
  },
}
