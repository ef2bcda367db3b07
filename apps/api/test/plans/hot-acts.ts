import type { TestApp } from '../build-test-app.ts'

type Headers = { authorization: string }

const onBehalf = { channel: 'phone', spokenTo: 'Le secrétariat' } as const

/** The acts of a search for a doctor, from its opening to an acceptance, for somebody new each time. */
export async function runActs(tested: TestApp, headers: Headers, nth: number): Promise<void> {
  const send = async (status: number, path: string, payload?: object) => {
    const method = payload ? 'POST' : 'GET'
    const answer = await tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
    if (answer.statusCode !== status) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
    return answer.json()
  }
  const givenAt = tested.deps.now().toISOString()
  const opened = await send(201, '/gp-searches', {
    patient: {
      birthName: `Nouvelle ${'abcdefghij'[nth]}`,
      firstName: 'Solène',
      birthDate: `19${60 + nth}-05-17`,
      sex: 'female',
      phones: [],
      address: { municipality: '33063', postalCode: '33000' },
    },
    consent: { givenAt, channel: 'oral', informedBy: 'Accueil' },
    channel: 'phone',
    details: { hasLongTermCondition: true },
    submit: true,
    confirmNotDuplicate: true,
  })
  const path = `/gp-searches/${opened.id}`
  const { version } = await send(200, `${path}/moves`, { action: 'qualify', version: opened.version })
  const { items: candidates } = await send(200, `${path}/candidates`)
  const practitionerIds = candidates.slice(0, 2).map((one: { practitioner: { id: string } }) => one.practitioner.id)
  const { items: offers } = await send(201, `${path}/proposals`, { mode: 'broadcast', practitionerIds, version })
  const [one, other] = offers
  await send(200, `/proposals/${one.id}/decline`, { version: one.version, reason: 'too_far', onBehalf })
  await send(200, `/proposals/${other.id}/acceptance`, { version: other.version, onBehalf })
}
