import type { CptsId } from '@maillage/contracts/kit/ids'
import type { SettingName } from '@maillage/contracts/settings/settings'
import { inForce } from '../../kernel/settings/setting.store.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { RevalidationDelays } from './schedule.ts'

const text = `select name, value from cpts_settings where cpts_id = $1 and name like 'revalidation-%'`

/** The delays of a CPTS: what it set, or the product's own. One statement. */
export async function delaysOf(db: Db, cptsId: CptsId): Promise<RevalidationDelays> {
  const rows = await queryRows<{ name: SettingName; value: number | null }>(db, {
    name: 'revalidation_delays',
    text,
    values: [cptsId],
  })
  const setting = (name: SettingName): number => inForce(name, rows.find((row) => row.name === name)?.value ?? null)
  return {
    everyDays: setting('revalidation-every-days'),
    attempts: setting('revalidation-attempts'),
    gapDays: setting('revalidation-gap-days'),
    graceDays: setting('revalidation-grace-days'),
  }
}
