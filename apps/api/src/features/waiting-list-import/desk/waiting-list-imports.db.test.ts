import type { AccountId, CptsId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aCpts, signedIn, someoneWho } from '../../../../test/builders/accounts.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../../case-kinds.ts'
import type { Owner } from '../../../platform/jobs/owner.ts'
import { referenceMunicipalities } from '../../../reference/find-municipality.ts'
import { openImportedGpSearch } from '../../gp-search/open-gp-search.ts'
import { runImport } from './run-import.ts'
import { ofPerson, runUndo, worked, workedOfPerson, written } from './undo-run.ts'

let tested: TestApp
/** The owner of the tables, as the jobs have it. */
const owner: Pick<Owner, 'transaction'> = { transaction: (work) => prepare(tested, work) }
let cptsId: CptsId
let accountId: AccountId
let headers: { authorization: string }
let others: { authorization: string }
let doctor: { authorization: string }
let now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  ;({ headers, accountId } = await someoneWho(tested, { cptsId, role: 'coordinator' }))
  doctor = (await someoneWho(tested, { cptsId, role: 'requester' })).headers
  others = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
})

afterAll(async () => {
  await tested.close()
})

const root = '/api/v1/waiting-list-imports'
let serial = 0
/** A list of people whom no other test knows: two that can be opened, one without a birth date, one said twice. */
const aList = (): string => {
  serial += 1
  return [
    'Nom;Prénom;Né(e) le;Sexe;Code postal;Ville;Mystère',
    `VALMORIN${'a'.repeat(serial)};Lucette;12/03/1944;F;33000;Bordeaux;bleu`,
    `TELGNAC${'a'.repeat(serial)};Firmin;01/07/1958;M;33130;Bègles;rouge`,
    `SANSDATE${'a'.repeat(serial)};Odile;;F;33000;Bordeaux;vert`,
    `VALMORIN${'a'.repeat(serial)};Lucette;12/03/1944;F;33000;Bordeaux;bleu`,
  ].join('\r\n')
}

const give = (content: string | Buffer, who = headers, name = 'liste d’attente.csv') =>
  tested.app.inject({
    method: 'POST',
    url: root,
    headers: {
      ...who,
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
    payload: Buffer.from(content),
  })
const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object, who = headers) =>
  tested.app.inject({ method, url: `${root}/${path}`, headers: who, payload })

const run = (importId: WaitingListImportId) => {
  const deps = { db: tested.database.db, now: () => now, kinds: caseKindsOf() }
  return runImport(deps, {
    cptsId,
    importId,
    municipalities: referenceMunicipalities,
    open: (search, keepTrace) => openImportedGpSearch(deps, cptsId, search, keepTrace),
  })
}
const undo = (importId: WaitingListImportId) => runUndo({ owner, cptsId, importId, now: () => now })

/** A list given, started and run. */
const imported = async (content: string | Buffer = aList()) => {
  const given = (await give(content)).json()
  await ask('POST', `${given.id}/start`, { version: given.version })
  await run(given.id)
  return (await ask('GET', given.id)).json()
}

test('a list given shows its columns with a few answers, and opens nothing', async () => {
  const answer = await give(aList())
  expect(answer.statusCode).toBe(201)
  const given = answer.json()
  expect(given).toMatchObject({ fileName: 'liste d’attente.csv', status: 'draft', lines: 4, done: 0, problems: [] })
  expect(given.columns.map(({ header, field }: { header: string; field: string }) => [header, field])).toEqual([
    ['Nom', 'lastName'],
    ['Prénom', 'firstName'],
    ['Né(e) le', 'birthDate'],
    ['Sexe', 'sex'],
    ['Code postal', 'postalCode'],
    ['Ville', 'municipality'],
    ['Mystère', null],
  ])
  expect(given.columns[6].samples).toEqual(['bleu', 'rouge', 'vert'])
})

test('what cannot be a list is refused with its cause', async () => {
  const cause = async (content: string | Buffer) => (await give(content)).json().errors
  expect(await cause('')).toEqual([{ pointer: '', code: 'empty' }])
  expect(await cause('bonjour;tout;le;monde\n1;2;3;4')).toEqual([{ pointer: '', code: 'no-header' }])
  const json = await tested.app.inject({ method: 'POST', url: root, headers, payload: {} })
  expect(json.json().code).toBe('unsupported-media-type')
})

test('a file that is too big is refused before it is read', async () => {
  expect((await give(Buffer.alloc(17 * 1024 * 1024, 65))).json().code).toBe('too-large')
})

test('the preview counts what is readable and says why the rest is not', async () => {
  const given = (await give(aList())).json()
  const preview = (await ask('GET', `${given.id}/preview`)).json()
  expect(preview).toMatchObject({ readable: 3, refused: 1, ignored: [] })
  expect(preview.refusedBy).toEqual([{ code: 'missing-birth-date', count: 1, firstLines: [4] }])
  expect(preview.items.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4, 5])
  expect(preview.items[0]).toMatchObject({ birthDate: '1944-03-12', municipality: 'Bordeaux', refusals: [] })
})

test('a corrected mapping is kept, and what it then lacks refuses the start', async () => {
  const given = (await give(aList())).json()
  const choices = [{ index: 2, field: null }]
  const changed = (await ask('PUT', `${given.id}/mapping`, { version: given.version, choices })).json()
  expect(changed.problems).toEqual([{ code: 'missing-birth-date', field: null, headers: [] }])
  const refused = await ask('POST', `${given.id}/start`, { version: changed.version })
  expect(refused.json().errors).toEqual([{ pointer: '/columns', code: 'missing-birth-date' }])
  const stale = await ask('PUT', `${given.id}/mapping`, { version: given.version, choices: [] })
  expect(stale.json().code).toBe('version-stale')
  const twice = [
    { index: 0, field: 'firstName' },
    { index: 1, field: 'firstName' },
  ]
  const clash = (await ask('PUT', `${given.id}/mapping`, { version: changed.version, choices: twice })).json()
  expect(clash.problems).toContainEqual({
    code: 'two-columns-for-one-field',
    field: 'firstName',
    headers: ['Nom', 'Prénom'],
  })
})

test('every line has one fate, and the refused ones come back as a file to correct', async () => {
  const done = await imported()
  expect(done).toMatchObject({
    status: 'done',
    done: 4,
    counts: { opened: 2, alreadyThere: 0, repeated: 1, refused: 1 },
    undoableUntil: '2026-03-09T09:00:00.000Z',
  })
  const { items } = (await ask('GET', `${done.id}/lines`)).json()
  expect(items.map(({ line, outcome }: { line: number; outcome: string }) => [line, outcome])).toEqual([
    [2, 'opened'],
    [3, 'opened'],
    [4, 'refused'],
    [5, 'repeated'],
  ])
  const csv = (await ask('GET', `${done.id}/rejected-lines`)).body
  expect(csv).toContain('La date de naissance manque.')
  expect(csv).not.toContain('TELGNAC')
})

test('an import cut short goes on after the last line settled, and opens nothing twice', async () => {
  const list = aList()
  const given = (await give(list)).json()
  await ask('POST', `${given.id}/start`, { version: given.version })
  const deps = { db: tested.database.db, now: () => now, kinds: caseKindsOf() }
  let opened = 0
  const cut = runImport(deps, {
    cptsId,
    importId: given.id,
    municipalities: referenceMunicipalities,
    open: (search, keepTrace) => {
      opened += 1
      if (opened === 2) throw new Error('the connection is gone')
      return openImportedGpSearch(deps, cptsId, search, keepTrace)
    },
  })
  await expect(cut).rejects.toThrow()
  const halted = (await ask('GET', given.id)).json()
  // What it opened before it stopped can be taken back, should nobody wish to go on.
  expect(halted).toMatchObject({
    status: 'interrupted',
    done: 1,
    counts: { opened: 1 },
    undoableUntil: '2026-03-09T09:00:00.000Z',
  })
  await ask('POST', `${given.id}/start`, { version: halted.version })
  await run(given.id)
  const { status, counts, done } = (await ask('GET', given.id)).json()
  expect({ status, counts, done }).toMatchObject({
    status: 'done',
    done: 4,
    counts: { opened: 2, alreadyThere: 0, repeated: 1, refused: 1 },
  })
})

test('two runs of the same list at once do it once', async () => {
  const given = (await give(aList())).json()
  await ask('POST', `${given.id}/start`, { version: given.version })
  await Promise.all([run(given.id), run(given.id), run(given.id)])
  expect((await ask('GET', given.id)).json().counts).toMatchObject({ opened: 2, alreadyThere: 0 })
})

test('undone, what nobody touched is gone with its people, and the same list can be imported anew', async () => {
  const list = aList()
  const done = await imported(list)
  const [, kept] = (await ask('GET', `${done.id}/lines?outcome=opened`)).json().items
  await tested.app.inject({
    method: 'POST',
    url: `/api/v1/cases/${kept.caseId}/notes`,
    headers,
    payload: { text: 'Rappelée ce matin.' },
  })
  const undoing = await ask('POST', `${done.id}/undo`, { version: done.version })
  expect(undoing.json().status).toBe('undoing')
  await undo(done.id)
  const after = (await ask('GET', done.id)).json()
  expect(after).toMatchObject({ status: 'undone', undone: { removed: 1, kept: 1 }, undoableUntil: null })
  expect((await imported(list)).counts).toMatchObject({ opened: 1, alreadyThere: 1 })
})

test('a case that was read, and told of by mail, is taken back all the same', async () => {
  const done = await imported()
  const [{ caseId }] = (await ask('GET', `${done.id}/lines?outcome=opened`)).json().items
  const reading = await tested.app.inject({ method: 'PUT', url: `/api/v1/cases/${caseId}/reading`, headers })
  expect(reading.statusCode).toBe(200)
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into unread_alerts (cpts_id, case_id, since, reason, mail_id, told_at)
      values (${cptsId}, ${caseId}, now(), 'first-band', gen_random_uuid(), now())`),
  )
  await ask('POST', `${done.id}/undo`, { version: done.version })
  await undo(done.id)
  expect((await ask('GET', done.id)).json()).toMatchObject({ status: 'undone', undone: { removed: 2, kept: 0 } })
})

test('a character that no database stores stops neither its line nor the list', async () => {
  const list = aList().replace('Lucette;12', 'Luc\u0000ette;12').replace('Odile;;', 'Odile;le 3\u0000 mars;')
  const unicode = Buffer.from(`\uFEFF${list}`, 'utf16le')
  expect(await imported(unicode)).toMatchObject({ status: 'done', done: 4, counts: { opened: 2, refused: 1 } })
})

test('after seven days an import stays', async () => {
  const done = await imported()
  now = new Date('2026-03-09T09:00:01Z')
  const later = await signedIn(tested, accountId)
  const late = await ask('POST', `${done.id}/undo`, { version: done.version }, later)
  now = new Date('2026-03-02T09:00:00Z')
  expect(late.json().code).toBe('wrong-status')
})

test('coordinators of the CPTS alone see its lists', async () => {
  const given = (await give(aList())).json()
  expect((await ask('GET', given.id, undefined, others)).statusCode).toBe(404)
  expect((await ask('GET', `${given.id}/preview`, undefined, others)).statusCode).toBe(404)
  expect((await ask('POST', `${given.id}/start`, { version: 1 }, others)).statusCode).toBe(404)
  expect((await ask('GET', given.id, undefined, doctor)).statusCode).toBe(403)
  expect((await ask('DELETE', given.id)).statusCode).toBe(204)
  expect((await ask('GET', given.id)).statusCode).toBe(404)
})

test('no name of a patient enters the audit', async () => {
  const { rows } = await prepare(tested, (tx) => tx.execute(sql`select * from audit_entries`))
  expect(rows.some(({ action }) => String(action).startsWith('waiting-list-import.start '))).toBe(true)
  expect(JSON.stringify(rows)).not.toMatch(/VALMORIN|liste d’attente/i)
})

test('a case whose person was asked, or asked online, is kept', async () => {
  const done = await imported()
  const [asked, online] = (await ask('GET', `${done.id}/lines?outcome=opened`)).json().items
  await prepare(tested, async (tx) => {
    await tx.execute(sql`insert into revalidations (cpts_id, id, case_id, status, next_at, started_at)
      values (${cptsId}, gen_random_uuid(), ${asked.caseId}, 'asking', now(), now())`)
    await tx.execute(sql`insert into registrations
        (cpts_id, id, municipality_code, notice_version, submitted_at, confirmed_at, case_id, patient_id)
      select ${cptsId}, gen_random_uuid(), '33063', '1', now(), now(), c.id, c.patient_id from cases c
      where c.id = ${online.caseId}`)
  })
  await ask('POST', `${done.id}/undo`, { version: done.version })
  await undo(done.id)
  expect((await ask('GET', done.id)).json()).toMatchObject({ status: 'undone', undone: { removed: 0, kept: 2 } })
})

test('a person found alike with another leaves; one who is of another’s household stays', async () => {
  const done = await imported()
  const other = await imported()
  const [alike, member] = (await ask('GET', `${done.id}/lines?outcome=opened`)).json().items
  const [{ caseId: holder }] = (await ask('GET', `${other.id}/lines?outcome=opened`)).json().items
  await prepare(tested, async (tx) => {
    await tx.execute(sql`insert into duplicate_pairs (cpts_id, id, one_id, other_id, status, score, parts, found_at)
      select ${cptsId}, gen_random_uuid(), least(a.patient_id, b.patient_id), greatest(a.patient_id, b.patient_id),
        'suspected', 70, '[]', now()
      from cases a, cases b where a.id = ${alike.caseId} and b.id = ${holder} on conflict do nothing`)
    await tx.execute(sql`insert into gp_search_members (cpts_id, case_id, patient_id, details, registered_at)
      select ${cptsId}, ${holder}, m.patient_id, g.details, now()
      from cases m join gp_searches g on g.case_id = m.id where m.id = ${member.caseId}`)
  })
  await ask('POST', `${done.id}/undo`, { version: done.version })
  await undo(done.id)
  expect((await ask('GET', done.id)).json()).toMatchObject({ status: 'undone', undone: { removed: 1, kept: 1 } })
})

test('every table that names a person is known to the undoing', async () => {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ name: string }>(sql`select distinct conrelid::regclass::text as name from pg_constraint
      where contype = 'f' and confrelid = 'patients'::regclass`),
  )
  const known: readonly string[] = [...ofPerson, ...workedOfPerson, 'cases', 'patients']
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
})

test('every table that holds a case is known to the undoing', async () => {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ name: string }>(sql`
      with recursive holding as (
        select conrelid as id from pg_constraint where contype = 'f' and confrelid = 'cases'::regclass
        union select c.conrelid from pg_constraint c join holding h on c.confrelid = h.id where c.contype = 'f'
      ) select distinct id::regclass::text as name from holding`),
  )
  const known: readonly string[] = [...written, ...worked]
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
})
