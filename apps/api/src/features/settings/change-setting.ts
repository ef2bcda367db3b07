import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import {
  type ChangeSetting,
  type Setting,
  type SettingName,
  type Settings,
  settingNames,
  settings,
} from '@maillage/contracts/settings/settings'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { inForce } from '../../kernel/settings/setting.store.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { type KeptSetting, keepSetting, listKept } from './kept-setting.store.ts'

/** Every setting of a CPTS, with its bounds and who set it. */
export async function readSettings(db: Db, cptsId: CptsId): Promise<Settings> {
  const kept = await listKept(db, cptsId)
  return { items: settingNames.map((name) => describe(name, kept.get(name))) }
}

const describe = (name: SettingName, kept: KeptSetting | undefined): Setting => ({
  name,
  value: inForce(name, kept?.value ?? null),
  ...settings[name],
  isSet: (kept?.value ?? null) !== null,
  changedAt: kept?.changedAt ?? null,
  changedBy: kept?.changedBy ?? null,
  version: kept?.version ?? 0,
})

/** Sets a number for the whole CPTS, within its bounds, or gives the product's own back. What is under way keeps what it had. */
export function changeSetting(
  deps: Deps,
  actor: Actor & { accountId: AccountId },
  name: SettingName,
  { value, version }: ChangeSetting,
): Promise<Setting> {
  const { min, max } = settings[name]
  if (value !== null && (value < min || value > max)) throw invalidField('/value', 'out-of-bounds')
  return act(deps, actor, async (tx, { now }) => {
    const { cptsId, accountId } = actor
    const before = (await listKept(tx, cptsId)).get(name)
    const isNext = await keepSetting(tx, { cptsId, name, value, version, by: accountId, at: now })
    if (!isNext) throw problem('version-stale')
    const [from, to] = [inForce(name, before?.value ?? null), inForce(name, value)]
    await recordAudit(tx, actor, { action: `setting.change ${name}`, at: now, from: String(from), to: String(to) })
    return describe(name, (await listKept(tx, cptsId)).get(name))
  })
}
