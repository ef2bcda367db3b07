import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { findAccountByEmail, listMemberships } from '../kernel/accounts/account.store.ts'
import { recordSession } from '../kernel/accounts/record-session.ts'
import { forgetSecondFactors, hasSecondFactor } from '../kernel/accounts/second-factors.store.ts'
import { sendNotice } from '../kernel/notices/send-notice.ts'
import { endSessionsOf } from '../platform/session/open-sessions.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import type { Command } from './command.ts'
import { demanded, readOptions } from './read-options.ts'

const usage = 'Usage : pnpm maillage reset-second-factor --email a@b.fr'
const options = { email: { type: 'string' } } as const

/** Takes a lost second factor away where nobody else can confirm it: the operator answers for who asked. */
export const resetSecondFactor: Command = {
  name: 'reset-second-factor',
  summary: 'retire la seconde preuve d’un compte et ferme ses sessions',
  async run({ asOwner, db, now, say }, args) {
    const email = z.email().safeParse(demanded(readOptions(args, options, usage).email, 'email', usage))
    if (!email.success) throw new StartRefusal(`--email attend une adresse e-mail.\n\n${usage}`)
    const account = await db.global((tx) => findAccountByEmail(tx, email.data))
    if (!account) throw new StartRefusal(`Aucun compte ouvert n’a l’adresse ${email.data}.`)
    if (!(await db.global((tx) => hasSecondFactor(tx, account.id)))) {
      say('Ce compte n’a pas de seconde preuve : rien à retirer.')
      return
    }
    const memberships = await db.global((tx) => listMemberships(tx, account.id))
    const ended = await asOwner(async (tx) => {
      await forgetSecondFactors(tx, account.id)
      // Requests that waited for a second person have nothing left to take away.
      await tx.execute(sql`update second_factor_resets set status = 'refused', decided_at = ${now().toISOString()}
        where account_id = ${account.id} and status in ('unproven', 'asked')`)
      return await endSessionsOf(tx, account.id, now())
    })
    const [first] = memberships
    if (first) {
      const cptsId = first.cpts.id
      const to = { address: { email: account.email } }
      const kind = 'second-factor-reset-done'
      await db.transaction(cptsId, (tx) =>
        sendNotice(tx, { actor: { cptsId }, now: now() }, { kind, to, link: { path: '/' } }),
      )
    }
    const { id: accountId, displayName } = account
    await recordSession({ db, now }, memberships, { accountId, displayName, action: 'second-factor.reset' })
    say(`Seconde preuve retirée, ${ended} session(s) fermée(s) : ${account.email}`)
    say('Un message l’en avertit. Une autre seconde preuve sera demandée à la prochaine connexion.')
  },
}
