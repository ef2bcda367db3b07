import { Preferences } from '@maillage/contracts/accounts'
import { useHttp } from '../http.ts'
import { useSession } from '../session.ts'

/** Keeps a change of what the person set for themselves; it shows once the server has it. */
export function usePreferences(): { save: (change: Partial<Preferences>) => Promise<void> } {
  const http = useHttp()
  const session = useSession()
  const save = async (change: Partial<Preferences>): Promise<void> => {
    session.preferences = await http.put('/me/preferences', { ...session.preferences, ...change }, Preferences)
  }
  return { save }
}
