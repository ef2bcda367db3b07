import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { SettingName } from '@maillage/contracts/settings/settings'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** What a CPTS set, by whom and when. */
export interface KeptSetting {
  readonly name: string
  readonly value: number | null
  readonly version: number
  readonly changedAt: string
  readonly changedBy: string
}

const listText = `select s.name, s.value, s.version, s.changed_at as "changedAt", a.display_name as "changedBy"
from cpts_settings s join accounts a on a.id = s.changed_by where s.cpts_id = $1`

/** What a CPTS set, by name. */
export async function listKept(db: Db, cptsId: CptsId): Promise<Map<string, KeptSetting>> {
  const rows = await queryRows<KeptSetting>(db, { name: 'cpts_settings', text: listText, values: [cptsId] })
  return new Map(rows.map((row) => [row.name, { ...row, changedAt: new Date(row.changedAt).toISOString() }]))
}

const keepText = `insert into cpts_settings as known (cpts_id, name, value, version, changed_by, changed_at)
select $1, $2, $3, $4::integer + 1, $5, $6
where $4 = 0 or exists (select from cpts_settings where cpts_id = $1 and name = $2)
on conflict (cpts_id, name) do update set value = excluded.value, version = excluded.version,
  changed_by = excluded.changed_by, changed_at = excluded.changed_at
where known.version = $4
returning version`

/** Keeps a value after the version that was read; false when somebody else changed it first. */
export async function keepSetting(
  tx: Db,
  setting: { cptsId: CptsId; name: SettingName; value: number | null; version: number; by: AccountId; at: Date },
): Promise<boolean> {
  const { cptsId, name, value, version, by, at } = setting
  const values = [cptsId, name, value, version, by, at]
  return (await queryRows(tx, { name: 'keep_setting', text: keepText, values })).length > 0
}
