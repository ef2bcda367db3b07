import type { CaseKindName } from '@maillage/contracts/cases'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CaseId, CptsId, NeedId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Profession } from '@maillage/contracts/professions'
import type { ProposalPreview } from '@maillage/contracts/proposals'
import type { Database, Db } from '../platform/db/database.ts'
import type { Actor } from './actor.ts'
import type { Calendar } from './calendar.ts'
import type { Deadline } from './deadlines.ts'
import type { Machine } from './machine.ts'
import type { ReferencePrefix } from './references.ts'
import type { CaseRow } from './tables/case.table.ts'
import type { ProposalRow } from './tables/proposal.table.ts'

/** What the candidates of a case (or of one need of it) must be. */
export interface CandidateRequest {
  profession: Profession
  /** Only general practitioners: the search for a médecin traitant, the visit after a discharge. */
  generalPractitionerOnly: boolean
  municipalityCode: string
  /** Places that an acceptance takes; 0 when places are not counted for this kind. */
  places: number
  /** A declared 0 excludes: true for lasting follow-ups, false for one visit. */
  fullExcludes: boolean
  /** A practitioner who never declared places ranks after those who did. */
  unknownLast: boolean
  maxDistanceKm: number | null
  homeVisit: boolean
  accessibility: boolean
  children: boolean
  longTerm: boolean
  languages: readonly string[]
  gender: 'female' | 'male' | null
  /** The household's or the patient's usual carers, ranked with five points more. */
  usual: readonly PractitionerId[]
}

/** What the preview says of the need; age, sex, commune and distance come from the kernel. */
export type PreviewDetails = Pick<ProposalPreview, 'need' | 'marks' | 'homeVisit' | 'wantedFrom' | 'wantedBefore'>

/** A case, or one need of it, that was offered to somebody. */
interface Offered {
  readonly row: CaseRow
  readonly needId: NeedId | null
}

/** What an offer asks: before the answer, and in words for the contact sheet after it. */
export interface OfferTold {
  readonly preview: PreviewDetails
  readonly needText: string | null
  /** Those who come with the patient, where the case is for several. */
  readonly household: readonly { displayName: string; birthDate: DayDate }[]
}

/** Something happened to the proposals of a case; the slice draws its consequences in the same transaction. */
export type ProposalChange =
  | { type: 'sent'; needId: NeedId | null }
  | { type: 'accepted'; proposal: ProposalRow; firstVisitAt: Date | null; appointmentAt: Date | null }
  | { type: 'none-live'; needId: NeedId | null }
  | { type: 'released'; proposal: ProposalRow; reason: string }
  /** The practitioner said again that they come, after the date moved. */
  | { type: 'reconfirmed'; proposal: ProposalRow; firstVisitAt: Date | null }

/** The one door of a slice: `app.ts` puts the three in `deps.kinds`, and the kernel imports no slice. */
export interface CaseKind<S extends string = string> {
  readonly kind: CaseKindName
  readonly referencePrefix: ReferencePrefix
  readonly machine: Machine<S>
  readonly finalStatuses: readonly S[]
  /** What an acceptance must carry beside the version. */
  readonly acceptanceRequires: readonly ('firstVisitAt' | 'appointmentAt')[]
  /** Read after the slice's own row was written, in the same transaction. Null: nothing runs. */
  deadlineOf(tx: Db, context: Context, row: CaseRow): Promise<Deadline | null>
  /** How long a practitioner has to answer: when the proposal sent at `context.now` (to `to`, where named) expires. */
  answerBy(tx: Db, context: Context, row: CaseRow, needId: NeedId | null, to?: PractitionerId): Promise<Date>
  /** Proposals name a need of the case, and only for such a kind. */
  readonly hasNeeds?: true
  /** Statuses from which the case, or a need of it, may be proposed. */
  readonly proposableFrom: readonly S[]
  /** How many rounds may be live at once (per need for a discharge). */
  liveRounds(row: CaseRow): number
  /** What each of these offers asks, in their order: the same few statements whatever their number. */
  describeOffers(tx: Db, cptsId: CptsId, offers: readonly Offered[]): Promise<OfferTold[]>
  /** Places that an acceptance takes; 0 when places are not counted for this kind. */
  placesOf(row: CaseRow): number
  /** `timeZone` is that of the CPTS, which says how old somebody was on the day they asked. */
  candidateRequest(tx: Db, timeZone: string, row: CaseRow, needId: NeedId | null): Promise<CandidateRequest>
  /** The same for many cases at once, where a practitioner may be looked for the other way round. */
  candidateRequests?(tx: Db, timeZone: string, rows: readonly CaseRow[]): Promise<Map<CaseId, CandidateRequest>>
  onProposalChange(tx: Db, context: Context, row: CaseRow, change: ProposalChange): Promise<void>
  /** Opens a case of this kind for the patient of another, linked to it. */
  openFrom?(tx: Db, context: Context, other: CaseRow): Promise<CaseRow>
}

export type CaseKinds = Readonly<Record<CaseKindName, CaseKind>>

/** Everything an act needs, handed down from `main.ts`; no module holds a connection or a clock. */
export interface Deps {
  readonly db: Database
  readonly now: () => Date
  readonly kinds: CaseKinds
}

/** One act in progress: who acts, when, in which calendar, and the slices it may call. */
export interface Context {
  readonly actor: Actor
  readonly now: Date
  readonly calendar: Calendar
  readonly kinds: CaseKinds
}
