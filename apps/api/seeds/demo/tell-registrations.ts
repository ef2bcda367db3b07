import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, desc, eq } from 'drizzle-orm'
import { patientDoor } from '../../src/features/gp-search/patient-door.ts'
import { confirmRegistration } from '../../src/features/public-registration/confirm-registration.ts'
import { beginDraft, keepAnswers, openDraft } from '../../src/features/public-registration/draft-registration.ts'
import type { PublicDeps } from '../../src/features/public-registration/public-deps.ts'
import {
  type Answers,
  publicDesks,
  registrations,
} from '../../src/features/public-registration/public-registration.table.ts'
import { submitRegistration } from '../../src/features/public-registration/submit-registration.ts'
import { systemActor } from '../../src/kernel/actor.ts'
import type { Deps } from '../../src/kernel/context.ts'
import { issueLink } from '../../src/kernel/links/links.ts'
import { cancelNotices } from '../../src/kernel/notices/send-notice.ts'
import { demoTerritories } from './invent/territories.ts'

const DAY = 86_400_000

/** Two people who asked by themselves: one confirmed, and waits to be read; one has not opened the link yet. */
const askers: readonly { answers: Answers; isConfirmed: boolean }[] = [
  {
    isConfirmed: true,
    answers: {
      ...{ birthName: 'Fabrègues', firstName: 'Odette', sex: 'female' },
      ...{ birthDateDay: '14', birthDateMonth: '5', birthDateYear: '1946' },
      ...{ email: 'odette.fabregues@demo.maillage.example', phone: '04 65 71 40 12', line: '8 rue des Essais' },
      ...{ asker: 'self', others: '1', together: 'yes' },
      ...{ hasLongTermCondition: 'yes', treatmentDaysLeft: '20', lossReason: 'retired' },
      ...{ maxDistanceKm: '10', hoursToCall: 'le matin' },
    },
  },
  {
    isConfirmed: false,
    answers: {
      ...{ birthName: 'Belmonte', firstName: 'Yanis', sex: 'male' },
      ...{ birthDateDay: '2', birthDateMonth: '11', birthDateYear: '1991' },
      ...{ email: 'yanis.belmonte@demo.maillage.example', asker: 'self', lossReason: 'patient_moved' },
    },
  },
]

/** Tells what the public reads of the demo's CPTS, and lets two people ask online, through the acts of the pages. */
export async function tellRegistrations(deps: Deps, cptsId: CptsId): Promise<void> {
  const now = deps.now()
  const publicDeps: PublicDeps = { ...deps, searches: patientDoor }
  await deps.db.transaction(cptsId, (tx) =>
    tx.insert(publicDesks).values({
      cptsId,
      phone: '+33465714000',
      hours: 'du lundi au vendredi, de 9 h à 12 h',
      email: 'droits@demo.maillage.example',
      updatedAt: now,
    }),
  )
  for (const asker of askers) await ask(publicDeps, cptsId, asker)
}

async function ask(deps: PublicDeps, cptsId: CptsId, { answers, isConfirmed }: (typeof askers)[number]): Promise<void> {
  const [place] = demoTerritories.lunel.municipalities
  if (!place) return
  const draft = await openDraft(deps, await beginDraft(deps, { cptsId, commune: place.code }))
  if (!draft) throw new Error('A draft that was just begun is gone')
  await keepAnswers(deps, draft, answers)
  await submitRegistration(deps, { ...draft, answers }, { noticeVersion: 'produit-1', requestId: 'demo' })
  const now = deps.now()
  const token = await deps.db.transaction(cptsId, async (tx) => {
    const [sent] = await tx
      .select({ id: registrations.id })
      .from(registrations)
      .where(and(eq(registrations.cptsId, cptsId), eq(registrations.submittedAt, now)))
      .orderBy(desc(registrations.id))
      .limit(1)
    if (!sent) throw new Error('A request that was just sent is gone')
    // Nobody reads the mailboxes of people who do not exist.
    await cancelNotices(tx, { actor: systemActor(cptsId), now }, sent.id, ['registration-confirm'])
    const expiresAt = new Date(now.getTime() + DAY)
    return issueLink(tx, { cptsId, purpose: 'registration-confirm', subjectId: sent.id, expiresAt, now })
  })
  if (isConfirmed) await confirmRegistration(deps, token, 'demo')
}
