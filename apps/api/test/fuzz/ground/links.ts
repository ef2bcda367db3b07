import { testPassword } from '../../builders/accounts.ts'
import { listAt, objectAt, textAt } from '../json.ts'
import type { Caller } from '../world.ts'
import { codeLastsMs, type Ground, linkTo, type Stage } from './stage.ts'

const invited = 'invitation'

const invitation: Ground = async (stage) => {
  const caller = stage.callers.find(({ role }) => role === 'practitioner')
  if (!caller) return undefined
  const { body } = await stage.ask('postDelegations', caller)
  const token = await linkTo(stage, invited, textAt(body, 'email') ?? '')
  return token === undefined ? undefined : { body: { token, password: 'des mots que personne ne devine' } }
}

const redemption: Ground = async (stage, caller) => {
  const isProtected = stage.world.random.chance(0.2)
  const lost = isProtected ? await stage.strays.lost() : undefined
  const email = lost?.email ?? (await stage.strays.forgetful())
  await stage.ask('postPasswordResets', caller, { body: { email } })
  const token = await linkTo(stage, 'nouveau-mot-de-passe', email)
  if (token === undefined) return undefined
  if (lost) stage.pass(codeLastsMs)
  return { body: { token, password: testPassword, ...(lost ? { code: lost.code() } : {}) } }
}

/** Those who answer for the CPTS: of the two, who asked does not confirm. */
const answering = (stage: Stage, role: Caller['role']): Caller | undefined =>
  stage.callers.find((one) => one.role === role && one.territory === 'ours')

async function askForLost(stage: Stage): Promise<{ id: string; confirms: Caller | undefined } | undefined> {
  const { accountId } = await stage.strays.lost()
  const coordinator = answering(stage, 'coordinator')
  const administrator = answering(stage, 'administrator')
  if (!coordinator || !administrator) return undefined
  await stage.ask('postMembersByAccountIdSecondFactorResets', coordinator, { named: { accountId } })
  const { body } = await stage.ask('getMembers', administrator)
  const member = listAt(body, 'items').find((one) => textAt(one, 'accountId') === accountId)
  const reset = objectAt(member, 'reset')
  const id = textAt(reset, 'id')
  return id === undefined ? undefined : { id, confirms: reset.mayConfirm === true ? administrator : coordinator }
}

/** Their request by mail was taken: it is, unless another is open or too many were made. */
async function askByMail(stage: Stage, caller: Caller): Promise<string> {
  for (let turn = 0; ; turn += 1) {
    const { email, leave } = await stage.strays.lost()
    const { status } = await stage.ask('postSecondFactorResets', caller, { body: { email, password: testPassword } })
    if (status === 202 || turn > 0) return email
    leave()
  }
}

const confirmation: Ground = async (stage) => {
  const asked = await askForLost(stage)
  if (!asked?.confirms) return undefined
  const lost = await stage.strays.lost()
  return { caller: asked.confirms, named: { id: asked.id }, onTaken: lost.leave }
}

/** A practitioner’s message names a proposal that was just made to somebody of theirs. */
const opening: Ground = async (stage, caller) => {
  const coordinator = answering(stage, 'coordinator')
  if (!coordinator || caller.territory !== 'ours') return undefined
  await stage.ask('postGpSearchesByIdProposals', coordinator)
  await stage.errands.deliver()
  const tokens = stage.errands.letters().filter(({ page }) => page === 'ouvrir')
  return tokens.length === 0 ? undefined : { body: { token: stage.world.random.pick(tokens).token } }
}

/** Second factors that were lost, passwords that were forgotten, secretaries who were invited: what a message’s link opens. */
export const linkGrounds: Readonly<Record<string, Ground>> = {
  postDelegationInvitationsReading: async (stage, caller) => {
    const given = await invitation(stage, caller)
    const token = textAt(given?.body, 'token')
    return token === undefined ? undefined : { body: { token } }
  },
  postDelegationInvitationsAcceptance: invitation,
  postNotificationLinksOpening: opening,
  postPasswordResetsRedemption: redemption,
  postMembersByAccountIdSecondFactorResets: async (stage, caller) => {
    if (caller.territory !== 'ours') return undefined
    const { accountId } = await stage.strays.lost()
    return { named: { accountId } }
  },
  postSecondFactorResetsByIdConfirmation: confirmation,
  postSecondFactorResetsByIdRefusal: async (stage) => {
    const asked = await askForLost(stage)
    return asked && { ...(asked.confirms ? { caller: asked.confirms } : {}), named: { id: asked.id } }
  },
  postSecondFactorResets: async (stage) => {
    const { email, leave } = await stage.strays.lost()
    if (stage.world.random.chance(0.2)) leave()
    return { body: { email, password: testPassword } }
  },
  postSecondFactorResetsProof: async (stage, caller) => {
    const email = await askByMail(stage, caller)
    const token = await linkTo(stage, 'seconde-preuve/demande', email)
    return token === undefined ? undefined : { body: { token } }
  },
  postSecondFactorResetsObjection: async (stage) => {
    const { email } = await stage.strays.lost()
    if (!(await askForLost(stage))) return undefined
    const token = await linkTo(stage, 'seconde-preuve/opposition', email)
    return token === undefined ? undefined : { body: { token } }
  },
  postMembershipsByIdClose: async ({ strays: { spare } }) => ({ named: { id: spare.membershipId } }),
  postMembershipsByIdReopen: async ({ strays: { spare } }) => ({ named: { id: spare.membershipId } }),
}
