import type { CaseHeader } from '@maillage/contracts/cases'
import type { OpenCase } from '../use-case.ts'

/** A write that puts something back: the case is read anew after it, and a refusal is thrown for the line that offered it. */
export async function undoWrite<T extends CaseHeader>(
  open: OpenCase<T>,
  send: (version: number) => Promise<unknown>,
): Promise<void> {
  let refusal: { error: unknown } | undefined
  await open.write(async (version) => {
    try {
      await send(version)
    } catch (error) {
      refusal = { error }
      throw error
    }
  })
  if (refusal) throw refusal.error
}
