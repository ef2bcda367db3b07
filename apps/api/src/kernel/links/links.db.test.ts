import { type CptsId, newRowId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { linkAddress } from './link-purposes.ts'
import { cptsOfLink, findLink, issueLink, revokeLinks, useLink } from './links.ts'
import { singlePurposeLinks } from './single-purpose-link.table.ts'

let tested: TestApp
let cptsId: CptsId
const now = new Date('2026-03-02T09:00:00Z')
const expiresAt = new Date('2026-03-09T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
})
afterAll(() => tested.close())

const aLink = (subjectId = newRowId()) =>
  tested.deps.db.transaction(cptsId, (tx) =>
    issueLink(tx, { cptsId, purpose: 'proposal-open', subjectId, expiresAt, now }),
  )
const find = (token: string, at = now) => findLink(tested.deps.db, token, 'proposal-open', at)

test('a link opens its subject until it expires, and nothing else', async () => {
  const subjectId = newRowId()
  const token = await aLink(subjectId)
  expect(await find(token)).toEqual({ cptsId, subjectId, expiresAt, usedAt: null })
  expect(await find(token, expiresAt)).toBeUndefined()
  expect(await findLink(tested.deps.db, token, 'directory-confirm', now)).toBeUndefined()
})

test('what the database keeps does not open the link', async () => {
  const subjectId = newRowId()
  const token = await aLink(subjectId)
  const kept = await prepare(tested, (tx) =>
    tx.select().from(singlePurposeLinks).where(eq(singlePurposeLinks.subjectId, subjectId)),
  )
  expect(kept).toHaveLength(1)
  expect(JSON.stringify(kept)).not.toContain(token)
  expect(await find(kept[0]?.tokenHash ?? '')).toBeUndefined()
})

test('an unknown link, a wrong letter, or no link at all: the same answer', async () => {
  const token = await aLink()
  const other = token.endsWith('A') ? 'B' : 'A'
  for (const wrong of [`${token.slice(0, -1)}${other}`, '', 'x', `${token}A`, 'é'.repeat(64), '_'.repeat(64)])
    expect(await find(wrong)).toBeUndefined()
})

test('the link of one CPTS, said to be of another, opens nothing', async () => {
  const token = await aLink()
  const elsewhere = Buffer.from(await aCpts(tested).then((id) => id.replaceAll('-', '')), 'hex')
  const secret = Buffer.from(token, 'base64url').subarray(16)
  const forged = Buffer.concat([elsewhere, secret]).toString('base64url')
  expect(cptsOfLink(forged)).not.toBe(cptsId)
  expect(await find(forged)).toBeUndefined()
})

test('of two who use a link at once, one gets what it opens', async () => {
  const subjectId = newRowId()
  const token = await aLink(subjectId)
  const use = () => tested.deps.db.transaction(cptsId, (tx) => useLink(tx, token, 'proposal-open', now))
  const used = await Promise.all([use(), use(), use()])
  expect(used.filter((id) => id === subjectId)).toHaveLength(1)
  expect(used.filter((id) => id === undefined)).toHaveLength(2)
  expect((await find(token))?.usedAt).toEqual(now)
})

test('revoked, every link of a subject opens nothing any more', async () => {
  const subjectId = newRowId()
  const tokens = [await aLink(subjectId), await aLink(subjectId)]
  const kept = await aLink()
  await tested.deps.db.transaction(cptsId, (tx) => revokeLinks(tx, cptsId, 'proposal-open', subjectId, now))
  for (const token of tokens) expect(await find(token)).toBeUndefined()
  expect(await find(kept)).toBeDefined()
})

test('the address of a link is its page, with what opens it', async () => {
  const token = await aLink()
  expect(linkAddress('https://maillage.example', 'proposal-open', token)).toBe(
    `https://maillage.example/ouvrir/${token}`,
  )
})
