import type { Profession } from '@maillage/contracts/professions'
import type { DemoCarer } from '../directory.ts'
import { hasRoom, promise } from '../invent/places.ts'
import type { Story } from './story.ts'

const HALF_DAY = 12 * 3_600_000

const isAbsent = (carer: DemoCarer, at: Date): boolean =>
  carer.absent.some(({ from, until }) => at >= from && at.getTime() < until.getTime() + HALF_DAY)

/** Some who are there at this hour and were not asked yet in this story, in a drawn order. */
function thoseWho({ world, random, asked }: Story, at: Date, is: (carer: DemoCarer) => boolean): DemoCarer[] {
  return random.shuffle(world.directory.filter((one) => is(one) && !isAbsent(one, at) && !asked.includes(one)))
}

/** Keeps that they are asked now. */
function asking(story: Story, carers: DemoCarer[]): DemoCarer[] {
  story.asked.push(...carers)
  return carers
}

/** How long somebody has their places promised: from the asking to the acceptance. */
export interface Promised {
  sentAt: Date
  answeredAt: Date
  size: number
}

/** A general practitioner who will accept. */
export function gpWhoAccepts(story: Story, { sentAt, answeredAt, size }: Promised): DemoCarer {
  const found = thoseWho(story, sentAt, (one) => one.isGeneralPractitioner && !one.isFull).find(
    ({ places }) => places === null || promise(places, sentAt, answeredAt, size),
  )
  if (!found) throw new Error('No general practitioner of the demo has a place left')
  asking(story, [found])
  return found
}

/** The one of an account, who accepts: the demo’s doctors hold cases of their own. */
export function namedGpWhoAccepts(story: Story, account: string, { sentAt, answeredAt, size }: Promised): DemoCarer {
  const carer = carerOf(story, account)
  if (!carer.places || !promise(carer.places, sentAt, answeredAt, size)) throw new Error(`${account} has no place left`)
  asking(story, [carer])
  return carer
}

/** General practitioners who are asked without result; each has room when asked. */
export function gpsAsked(story: Story, at: Date, size: number, count: number): DemoCarer[] {
  const isAskable = (one: DemoCarer): boolean =>
    one.isGeneralPractitioner && !one.isFull && (one.places === null || hasRoom(one.places, at, size))
  return asking(story, thoseWho(story, at, isAskable).slice(0, count))
}

/** Somebody of a profession for one visit or one need, where places are not counted. */
export function carersFor(story: Story, profession: Profession, at: Date, count: number): DemoCarer[] {
  const is = (one: DemoCarer): boolean =>
    one.profession === profession && (profession !== 'physician' || one.isGeneralPractitioner)
  return asking(story, thoseWho(story, at, is).slice(0, count))
}

/** The directory entry of one of the accounts shown. */
export function carerOf({ world }: Story, account: string): DemoCarer {
  const carer = world.directory.find((one) => one.account === account)
  if (!carer) throw new Error(`Nobody of the demo signs in as ${account}`)
  return carer
}
