import { setTimeout as sleep } from 'node:timers/promises'
import { Me, Session } from '@maillage/contracts/accounts'
import { CaseHeader } from '@maillage/contracts/cases'
import { pageOf } from '@maillage/contracts/kit/page'
import { WorklistItem } from '@maillage/contracts/worklist'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { signIn } from '../browser.ts'
import type { Program } from '../program.ts'
import { type Memory, memoryOf } from './scroll.ts'
import { desk, firstRow } from './worklist.ts'

/** What the page held at one moment of a long day. */
export interface Held extends Memory {
  /** What was done by then: « 3 min », « 40 dossiers ». */
  readonly when: string
}

export interface LongLive {
  /** While a colleague changed cases, the queue open. */
  readonly live: readonly Held[]
  /** How many changes the colleague made, and how many the queue announced at the end. */
  readonly changes: number
  readonly announced: string
  /** While one went from the queue to a case and back. */
  readonly walked: readonly Held[]
}

/** How long a colleague works, and how often one goes to a case and back. */
export interface LongDay {
  readonly seconds: number
  readonly visits: number
}

const samples = 10
const everyMs = 350
const casesAtHand = 100

type Call = (path: string, method: string, body?: unknown) => Promise<unknown>

/** Signed in by the API alone; a token lasts less than the measure. */
function signedIn({ url, password }: Program, email: string): Call {
  let token: string | undefined
  const send = (path: string, method: string, body: unknown): Promise<Response> =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const enter = async (): Promise<void> => {
    token = undefined
    const answer = await send('/sessions', 'POST', { email, password })
    token = Session.parse(await answer.json()).accessToken
  }
  return async (path, method, body) => {
    if (token === undefined) await enter()
    let answer = await send(path, method, body)
    if (answer.status === 401) {
      await enter()
      answer = await send(path, method, body)
    }
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return await answer.json()
  }
}

/** A colleague of the same CPTS takes cases of the queue and lets them go, one after another. */
async function openColleague(program: Program): Promise<(step: number) => Promise<void>> {
  const call = signedIn(program, 'coordination2@demo.maillage.example')
  const { account } = Me.parse(await call('/me', 'GET'))
  const cases = pageOf(WorklistItem)
    .parse(await call(`/worklist?sort=queue&limit=${casesAtHand}`, 'GET'))
    .items.map(({ id, version }) => ({ id, version }))
  return async (step) => {
    const one = cases[step % cases.length]
    if (!one) throw new Error('The queue is empty: there is nothing to change')
    const isTaking = Math.floor(step / cases.length) % 2 === 0
    const body = { ownerId: isTaking ? account.id : null, version: one.version }
    one.version = CaseHeader.parse(await call(`/cases/${one.id}/owner`, 'PUT', body)).version
  }
}

/** The queue is open for that long while a colleague changes three of its cases a second; then a walk from case to case. */
export async function liveForLong(browser: Browser, program: Program, day: LongDay): Promise<LongLive> {
  const { page, cdp, close } = await signIn(browser, program, 'coordination', desk)
  try {
    await page.goto('/file', { waitUntil: 'commit' })
    await page.locator(firstRow.selector).waitFor({ timeout: 60_000 })
    await cdp.send('Performance.enable')
    const change = await openColleague(program)
    const { live, changes } = await underChanges(page, cdp, change, day.seconds)
    const announced = (await page.getByText(/mis à jour/).allInnerTexts()).join(', ')
    return { live, changes, announced, walked: await walk(page, cdp, day.visits) }
  } finally {
    await close()
  }
}

async function underChanges(
  page: Page,
  cdp: CDPSession,
  change: (step: number) => Promise<void>,
  seconds: number,
): Promise<Pick<LongLive, 'live' | 'changes'>> {
  // What loads once the page rests is there before the first sample.
  await page.waitForTimeout(5_000)
  const live: Held[] = [{ when: 'au départ', ...(await memoryOf(cdp)) }]
  const start = performance.now()
  let changes = 0
  for (let sample = 1; sample <= samples; sample += 1) {
    const until = start + (sample * seconds * 1000) / samples
    while (performance.now() < until) {
      await change(changes)
      changes += 1
      await sleep(Math.max(0, start + changes * everyMs - performance.now()))
    }
    live.push({ when: `${Math.round((sample * seconds) / samples)} s`, ...(await memoryOf(cdp)) })
  }
  return { live, changes }
}

async function walk(page: Page, cdp: CDPSession, visits: number): Promise<readonly Held[]> {
  const walked: Held[] = []
  for (let visit = 0; visit <= visits; visit += 1) {
    if (visit % Math.ceil(visits / samples) === 0) {
      walked.push({ when: `${visit} dossiers`, ...(await memoryOf(cdp)) })
    }
    await page.locator(`tr[data-index="${visit % 15}"] a`).press('Enter')
    await page.waitForURL(/\/dossiers\//)
    await page.locator('main h1').waitFor()
    await page.goBack()
    await page.locator(firstRow.selector).waitFor({ timeout: 60_000 })
  }
  return walked
}

/** As Markdown, in French. */
export function writeLongLive({ live, changes, announced, walked }: LongLive): string {
  const line = ({ when, megabytes, nodes, listeners }: Held): string =>
    `| ${when} | ${megabytes.toFixed(1).replace('.', ',')} Mo | ${nodes} | ${listeners} |`
  const table = (moments: readonly Held[]): string[] => [
    '| | tas JavaScript | nœuds | écouteurs |',
    '|---|---:|---:|---:|',
    ...moments.map(line),
    '',
  ]
  return [
    '## Mémoire d’une longue journée, après ramassage',
    '',
    `La file ouverte pendant ${changes} changements d’une collègue, reçus en direct (à la fin : ${announced.replaceAll('\n', ' ')}).`,
    '',
    ...table(live),
    'Puis, de la file à un dossier et retour.',
    '',
    ...table(walked),
  ].join('\n')
}
