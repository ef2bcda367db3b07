import type { PractitionerCard } from '@maillage/contracts/directory/practitioner-cards'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import type { Db } from '../../../platform/db/database.ts'
import { problem } from '../../../platform/problem-error.ts'
import { demandOwnEntry } from '../own-entry.ts'
import { type CardRow, findCard, findProfile, listColleagues, listConsents, listSites } from './card.store.ts'
import { sourcesOf } from './field-sources.ts'

/** The whole card: its owner's and the coordinator's to read. */
export function readCard(deps: Deps, actor: Actor, id: PractitionerId): Promise<PractitionerCard> {
  return deps.db.read(actor.cptsId, async (db) => {
    await demandOwnEntry(db, actor, id)
    return describeCard(db, actor.cptsId, id)
  })
}

/** The same within a transaction. */
export async function describeCard(db: Db, cptsId: Actor['cptsId'], id: PractitionerId): Promise<PractitionerCard> {
  const found = await findCard(db, cptsId, id)
  if (!found) throw problem('not-found')
  const sites = await listSites(db, cptsId, id)
  return {
    ...ownWords(found),
    sites,
    colleagues: await listColleagues(db, found.entry),
    profile: await findProfile(db, cptsId, id),
    sources: sourcesOf(found.entry, sites.length > 0),
    publication: {
      internal: found.entry.shownInternally,
      public: found.entry.shownPublicly,
      history: await listConsents(db, cptsId, id),
    },
  }
}

type OwnWords = Omit<PractitionerCard, 'sites' | 'colleagues' | 'profile' | 'sources' | 'publication'>

const ownWords = ({ entry, municipality, team }: CardRow): OwnWords => ({
  id: entry.id,
  displayName: entry.displayName,
  profession: entry.profession,
  isGeneralPractitioner: entry.isGeneralPractitioner,
  practice: entry.practiceName,
  practiceLine: entry.practiceLine,
  practicePostalCode: entry.practicePostalCode,
  municipality: { code: entry.municipalityCode, name: municipality ?? '' },
  practicePhone: entry.practicePhone,
  practiceEmail: entry.practiceEmail,
  mssanteAddress: entry.mssanteAddress,
  practiceHours: entry.practiceHours,
  languages: entry.languages,
  accessible: entry.accessible,
  homeVisits: entry.homeVisits,
  teleconsultation: entry.teleconsultation,
  confirmation: {
    at: entry.confirmedAt?.toISOString() ?? null,
    by: entry.confirmedBy,
    askedAt: entry.confirmationAskedAt?.toISOString() ?? null,
  },
  team: entry.teamId && team ? { id: entry.teamId, name: team, keeps: entry.keepsTeam } : null,
  version: entry.version,
})
