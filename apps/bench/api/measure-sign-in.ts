import { emailOf } from '@maillage/many-cases/volume'
import { rawRequest } from '../load/load.ts'
import { interleave } from '../load/rounds.ts'
import { volumePassword } from '../volume/prepare-volume.ts'
import type { Measured } from './measure-reads.ts'
import type { Stage } from './stage.ts'

/** Signing in: dear on purpose, for each try at a password must be. Apart from the rest, since it is done once a day. */
export async function measureSignIn(
  { product, bench, size }: Stage,
  pace: { rounds: number; seconds: number },
): Promise<Measured> {
  const cpts = Array.from({ length: size.cpts }, (_, index) => index + 1)
  const requests = cpts.map((nth) =>
    rawRequest('POST', '/api/v1/sessions', {}, { email: emailOf('coordination', nth, 2), password: volumePassword }),
  )
  const connections = 4
  const [sample] = await interleave(bench, [{ server: product, requests: () => requests, status: '201' }], {
    ...pace,
    connections,
  })
  if (!sample) throw new Error('Nothing was measured')
  return { name: 'se connecter', connections, product: sample, limit: undefined }
}
