import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import { InseeCode, Phone, PostalCode } from '../kit/identifiers.ts'
import { PractitionerId, TeamId } from '../kit/ids.ts'
import { Profession } from '../professions.ts'

/** How somebody said that their card is right: signed in, by the link of a message, on the phone to the coordination. */
export const confirmationWays = ['self', 'link', 'phone'] as const
export type ConfirmationWay = (typeof confirmationWays)[number]

/** Days after which a card is asked about again: twice a year (the product's default, no national rule). */
export const cardFreshDays = 182

/** Who may read the contacts: those who work in the CPTS, or anybody. */
export const publicationScopes = ['internal', 'public'] as const
export const PublicationScope = z.enum(publicationScopes)
export type PublicationScope = z.infer<typeof PublicationScope>

/** How the answer was given: by the person on their screen, on the phone, on paper. */
export const consentChannels = ['self', 'phone', 'paper'] as const
export const ConsentChannel = z.enum(consentChannels)
export type ConsentChannel = z.infer<typeof ConsentChannel>

/** Who entered a column of an entry last, by the column's name. */
export type EntrySources = Record<string, { by: 'self' | 'coordinator'; at: string }>

/** What somebody says of themselves, field by field. */
export const cardFields = [
  'practice',
  'practiceLine',
  'practicePostalCode',
  'municipality',
  'practicePhone',
  'practiceEmail',
  'mssanteAddress',
  'practiceHours',
  'languages',
  'accessible',
  'homeVisits',
  'teleconsultation',
  'sites',
] as const
export const CardField = z.enum(cardFields)
export type CardField = z.infer<typeof CardField>

/** Where a field comes from: typed by its owner, by the coordination, read in the public extraction, or nowhere. */
export const FieldSource = z.object({
  field: CardField,
  from: z.enum(['self', 'coordinator', 'import', 'none']),
  at: Instant.nullable(),
})
export type FieldSource = z.infer<typeof FieldSource>

const Commune = z.object({ code: z.string(), name: z.string() })
const Text = (most: number) => z.string().trim().min(1).max(most)

/** One more place where somebody practises, as the directory shows it. */
export const PracticeSite = z.object({
  id: z.string(),
  name: z.string().nullable(),
  line: z.string().nullable(),
  postalCode: z.string().nullable(),
  municipality: Commune,
  phone: z.string().nullable(),
  accessible: z.boolean().nullable(),
  hours: z.string().nullable(),
})
export type PracticeSite = z.infer<typeof PracticeSite>

export const SetPracticeSite = z.strictObject({
  name: Text(200).nullish(),
  line: Text(200).nullish(),
  postalCode: PostalCode.nullish(),
  municipality: InseeCode,
  phone: Phone.nullish(),
  accessible: z.boolean().nullish(),
  hours: Text(300).nullish(),
})
export type SetPracticeSite = z.infer<typeof SetPracticeSite>

/** Whom somebody takes, whatever the number of places. */
export const CardProfile = z.strictObject({ homeVisits: z.boolean(), children: z.boolean(), longTerm: z.boolean() })

export const ConsentEntry = z.object({
  scope: PublicationScope,
  given: z.boolean(),
  channel: ConsentChannel,
  at: Instant,
})
export type ConsentEntry = z.infer<typeof ConsentEntry>

/** The whole card of somebody, as they and the coordination read it. */
export const PractitionerCard = z.object({
  id: PractitionerId,
  displayName: z.string(),
  profession: Profession,
  isGeneralPractitioner: z.boolean(),
  practice: z.string().nullable(),
  practiceLine: z.string().nullable(),
  practicePostalCode: z.string().nullable(),
  municipality: Commune,
  practicePhone: z.string().nullable(),
  practiceEmail: z.string().nullable(),
  mssanteAddress: z.string().nullable(),
  practiceHours: z.string().nullable(),
  languages: z.array(z.string()),
  accessible: z.boolean().nullable(),
  homeVisits: z.boolean().nullable(),
  teleconsultation: z.boolean().nullable(),
  sites: z.array(PracticeSite),
  /** Those who practise at the same first address. */
  colleagues: z.array(z.object({ id: PractitionerId, displayName: z.string(), profession: Profession })),
  /** Null while nothing was said of it. */
  profile: CardProfile.nullable(),
  sources: z.array(FieldSource),
  publication: z.object({
    internal: z.boolean().nullable(),
    public: z.boolean().nullable(),
    /** Every answer given, the last one first. */
    history: z.array(ConsentEntry),
  }),
  confirmation: z.object({
    at: Instant.nullable(),
    by: z.enum(confirmationWays).nullable(),
    askedAt: Instant.nullable(),
  }),
  team: z.object({ id: TeamId, name: z.string(), keeps: z.boolean() }).nullable(),
  version: z.int(),
})
export type PractitionerCard = z.infer<typeof PractitionerCard>

/** Only what is given changes; `null` says that there is none. The sites given replace all of them. */
export const ChangeCard = z.strictObject({
  practice: Text(200).nullish(),
  practiceLine: Text(200).nullish(),
  practicePostalCode: PostalCode.nullish(),
  municipality: InseeCode.optional(),
  practicePhone: Phone.nullish(),
  practiceEmail: z.email().max(200).nullish(),
  mssanteAddress: z.email().max(200).nullish(),
  practiceHours: Text(300).nullish(),
  languages: z.array(Text(60)).max(20).optional(),
  accessible: z.boolean().nullish(),
  homeVisits: z.boolean().nullish(),
  teleconsultation: z.boolean().nullish(),
  sites: z.array(SetPracticeSite).max(8).optional(),
  profile: CardProfile.optional(),
  version: z.int().min(1),
})
export type ChangeCard = z.infer<typeof ChangeCard>

/** « Tout est juste » : said of the card as it was read. */
export const ConfirmCard = z.strictObject({ version: z.int().min(1) })
export type ConfirmCard = z.infer<typeof ConfirmCard>

/** An answer about publication; a coordinator says how it reached them. */
export const AnswerPublication = z.strictObject({
  scope: PublicationScope,
  given: z.boolean(),
  channel: ConsentChannel.optional(),
})
export type AnswerPublication = z.infer<typeof AnswerPublication>
