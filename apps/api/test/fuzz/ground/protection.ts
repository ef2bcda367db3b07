import { aVirtualKey } from '../../builders/a-virtual-key.ts'
import { testPassword } from '../../builders/accounts.ts'
import { codeOf } from '../../builders/enrolled.ts'
import { type Json, listAt, objectAt, parseJson, textAt } from '../json.ts'
import type { Caller, Given, Protection } from '../world.ts'
import { codeLastsMs, type Ground, type Stage } from './stage.ts'

interface Owner {
  readonly caller: Caller
  readonly protection: Protection
}

/** Somebody with something to protect. */
function anOwner({ callers }: Stage): Owner | undefined {
  const caller = callers.find((one) => one.protection !== undefined)
  const protection = caller?.protection
  return caller && protection && { caller, protection }
}

/** The same, who has just said again who they are: by a key where there is one, which no other proof uses up. */
async function proven(stage: Stage): Promise<Owner | undefined> {
  const owner = anOwner(stage)
  const [kept] = owner?.protection.keys ?? []
  if (owner && kept) await stage.ask('postMeProofPasskey', owner.caller, await signedBy(stage, owner, kept))
  else if (owner) await stage.ask('postMeProof', owner.caller, byCode(stage, owner))
  return owner
}

function byCode(stage: Stage, { caller }: Owner): Given {
  stage.pass(codeLastsMs)
  return { caller, body: { code: caller.code() ?? '' } }
}

const json = (value: object): Json => parseJson(JSON.stringify(value)) ?? null

/** More would be refused as too many. */
const mostKeys = 12

async function newKey(stage: Stage, { caller, protection }: Owner): Promise<Given> {
  const [oldest] = protection.keys
  if (oldest && protection.keys.length > mostKeys)
    await stage.ask('deleteMePasskeysById', caller, without({ caller, protection }, oldest.id))
  const { body: options } = await stage.ask('postMePasskeysOptions', caller)
  const key = aVirtualKey()
  const user = { id: textAt(objectAt(options, 'user'), 'id') ?? '' }
  const made = json(key.make({ challenge: textAt(options, 'challenge') ?? '', user }))
  const onTaken = (answer: Json): void => {
    const id = textAt(objectAt(answer, 'passkey'), 'id')
    if (id) protection.keys.push({ id, key })
  }
  return { caller, body: { name: 'Clé de l’essai', made }, onTaken }
}

function without({ caller, protection }: Owner, id: string): Given {
  const drop = (): void => {
    const at = protection.keys.findIndex((one) => one.id === id)
    if (at >= 0) protection.keys.splice(at, 1)
  }
  return { caller, named: { id }, onTaken: drop }
}

/** The authenticator whose codes they show: set up again where it was taken away. */
async function confirmed(stage: Stage, { caller, protection }: Owner): Promise<Given | undefined> {
  const secret = textAt((await stage.ask('postMeTotp', caller)).body, 'secret')
  if (!secret) return undefined
  const onTaken = (): void => {
    protection.secret = secret
  }
  return { caller, body: { code: codeOf(stage.tested, secret) }, onTaken }
}

async function anAuthenticator(stage: Stage, owner: Owner): Promise<void> {
  const given = owner.protection.secret === undefined ? await confirmed(stage, owner) : undefined
  if (given) await stage.ask('postMeTotpConfirmation', owner.caller, given)
}

async function aKey(stage: Stage, owner: Owner): Promise<Protection['keys'][number] | undefined> {
  const { keys } = owner.protection
  if (keys.length === 0) await stage.ask('postMePasskeys', owner.caller, await newKey(stage, owner))
  return keys.length > 0 ? stage.world.random.pick(keys) : undefined
}

async function signedByKey(stage: Stage, owner: Owner): Promise<Given | undefined> {
  const kept = await aKey(stage, owner)
  return kept && (await signedBy(stage, owner, kept))
}

async function signedBy(stage: Stage, { caller }: Owner, { key }: Protection['keys'][number]): Promise<Given> {
  const { body } = await stage.ask('postSessionsPasskeyOptions', caller)
  return { caller, body: { signed: json(key.sign({ challenge: textAt(body, 'challenge') ?? '' })) } }
}

const byOwner =
  (prepare: (stage: Stage, owner: Owner) => Promise<Given | undefined>): Ground =>
  async (stage) => {
    const owner = await proven(stage)
    return owner && (await prepare(stage, owner))
  }

/** Opens a session whose cookie goes on; with a code where one is asked for. */
async function signIn(stage: Stage, caller: Caller, over: { [key: string]: Json } = {}): Promise<void> {
  if (caller.protection) stage.pass(codeLastsMs)
  const code = caller.code()
  const body = { email: caller.email, password: testPassword, ...(code ? { code } : {}), ...over }
  await stage.ask('postSessions', caller, { body })
}

/** A browser that is asked for no code. */
async function aDevice(stage: Stage, caller: Caller): Promise<string | undefined> {
  const devices = async (): Promise<Json[]> => listAt((await stage.ask('getMeSecondFactor', caller)).body, 'devices')
  const known = await devices()
  if (known.length > 0) return textAt(stage.world.random.pick(known), 'id')
  caller.cookie = ''
  await signIn(stage, caller, { rememberDevice: true })
  return textAt((await devices()).at(-1), 'id')
}

/** What protects one’s own account. */
export const protectionGrounds: Readonly<Record<string, Ground>> = {
  postMePasskeysOptions: byOwner(async (_stage, { caller }) => ({ caller })),
  postMePasskeys: byOwner(newKey),
  putMePasskeysById: byOwner(async (stage, owner) => {
    const key = await aKey(stage, owner)
    return key && { caller: owner.caller, named: { id: key.id } }
  }),
  deleteMePasskeysById: byOwner(async (stage, owner) => {
    const key = await aKey(stage, owner)
    return key && without(owner, key.id)
  }),
  postSessionsPasskey: byOwner(signedByKey),
  postMeProofPasskey: byOwner(signedByKey),
  postMeProof: async (stage) => {
    const owner = anOwner(stage)
    if (owner) await anAuthenticator(stage, owner)
    return owner && byCode(stage, owner)
  },
  postMeTotp: byOwner(async (_stage, { caller }) => ({ caller })),
  postMeTotpConfirmation: byOwner(confirmed),
  deleteMeTotp: byOwner(async (stage, owner) => {
    await anAuthenticator(stage, owner)
    if (!(await aKey(stage, owner))) return undefined
    const { caller, protection } = owner
    const onTaken = (): void => {
      protection.secret = undefined
    }
    return { caller, onTaken }
  }),
  postMeRecoveryCodes: byOwner(async (_stage, { caller }) => ({ caller })),
  deleteMeDevicesById: byOwner(async (stage, owner) => {
    await anAuthenticator(stage, owner)
    const id = await aDevice(stage, owner.caller)
    return id === undefined ? undefined : { caller: owner.caller, named: { id } }
  }),
  postSessionsCurrentUnlock: async (stage, caller) => {
    if (caller.role === 'anonymous') return undefined
    await signIn(stage, caller)
    await stage.ask('postSessionsCurrentLock', caller)
    return { body: { password: testPassword } }
  },
}
