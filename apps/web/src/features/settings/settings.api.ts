import { type ChangeSetting, Setting, type SettingName, Settings } from '@maillage/contracts/settings/settings'
import type { Http } from '../../platform/http.ts'

/** What the CPTS may set, with its bounds. */
export const listSettings = async (http: Http, signal: AbortSignal): Promise<Setting[]> =>
  (await http.get('/settings', Settings, { signal })).items

/** Sets one, or gives the product's own back. */
export const putSetting = (http: Http, name: SettingName, body: ChangeSetting): Promise<Setting> =>
  http.put(`/settings/${name}`, body, Setting)
