import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import type { SealedField } from '../../platform/crypto/field-cipher.ts'
import { alteredValue, type SealedColumn } from '../../platform/crypto/rotate-data-key.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { placeOf } from './patient-identity.store.ts'

interface SealedRow {
  cptsId: CptsId
  patientId: PatientId
  sealed: string
  keyVersion: number
}

// Short enough that whoever records an identity never waits for long.
const batch = 200

const countText = `select count(*)::int as count from patient_identities where key_version < $1`
const takeText = `select cpts_id as "cptsId", patient_id as "patientId", sealed_number as sealed, key_version as "keyVersion"
from patient_identities where key_version < $1 order by cpts_id, patient_id limit ${batch} for update skip locked`
const writeText = `update patient_identities i set sealed_number = n.sealed, digest = n.digest, key_version = n.version
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[]) n(cpts_id, patient_id, sealed, digest, version)
where i.cpts_id = n.cpts_id and i.patient_id = n.patient_id`

/** The health numbers of every CPTS, for a change of key: sealed anew together with the digests that find them. */
export const sealedIdentities: SealedColumn = {
  async countOlder(tx, version) {
    const [row] = await queryRows<{ count: number }>(tx, { text: countText, values: [version] })
    return row?.count ?? 0
  },
  async reseal(tx, cipher, version) {
    const rows = await queryRows<SealedRow>(tx, { text: takeText, values: [version] })
    if (rows.length === 0) return 0
    const seal = await cipher.sealer(tx)
    const anew: SealedField[] = []
    for (const row of rows) {
      const number = await cipher.open(tx, placeOf(row), row).catch(() => {
        throw alteredValue(`identité du patient ${row.patientId}`)
      })
      anew.push(seal(placeOf(row), number))
    }
    await queryRows(tx, {
      text: writeText,
      values: [
        rows.map(({ cptsId }) => cptsId),
        rows.map(({ patientId }) => patientId),
        anew.map(({ sealed }) => sealed),
        anew.map(({ digest }) => digest),
        anew.map(({ keyVersion }) => keyVersion),
      ],
    })
    return rows.length
  },
}
