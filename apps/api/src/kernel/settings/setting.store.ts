import type { CptsId } from '@maillage/contracts/kit/ids'
import { type SettingName, settings } from '@maillage/contracts/settings/settings'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

const text = 'select value from cpts_settings where cpts_id = $1 and name = $2'

/** What a CPTS set, or the product's own; kept within the bounds of today, whatever they were when it was set. */
export async function settingOf(db: Db, cptsId: CptsId, name: SettingName): Promise<number> {
  const [row] = await queryRows<{ value: number | null }>(db, { name: 'cpts_setting', text, values: [cptsId, name] })
  return inForce(name, row?.value ?? null)
}

/** The value in force of what was set. */
export function inForce(name: SettingName, set: number | null): number {
  const { min, max, standard } = settings[name]
  return set === null ? standard : Math.min(max, Math.max(min, set))
}
