import type * as z from 'zod'
import type {
  Agreement,
  AgreementAlerts,
  ChangeAgreement,
  ChangePartner,
  ConfirmPartner,
  EndAgreement,
  NewAgreement,
  NewPartner,
  Partner,
} from '../../partners/partners.ts'
import type { OperationExamples } from '../operation-examples.ts'
import { exampleIds } from '../people.ts'

const agreement = {
  id: exampleIds.agreement,
  partnerId: exampleIds.organization,
  scope: 'Sorties d’hospitalisation préparées ensemble',
  signedOn: '2025-04-10',
  startsOn: '2025-05-01',
  endsOn: '2026-04-30',
  noticeDays: 60,
  alertDays: [90, 30],
  documentReference: 'Classeur 3',
  status: 'to-renew',
  endedOn: null,
  renews: null,
  renewedBy: null,
  updatedAt: '2025-04-10T09:00:00.000Z',
  version: 1,
} as const satisfies z.input<typeof Agreement>

const contact = { function: 'Cadre de santé', unit: 'Médecine interne', phone: '+33536490030', hours: '9 h à 16 h' }

const partner = {
  id: exampleIds.organization,
  name: 'Hôpital d’essai',
  kind: 'hospital',
  finess: null,
  addressLine: '1 rue des Essais',
  postalCode: '33000',
  municipality: { code: '33063', name: 'Bordeaux' },
  phone: '+33536490031',
  email: null,
  notes: null,
  units: [{ id: exampleIds.unit, name: 'Médecine interne', phone: null }],
  contacts: [contact],
  agreements: [agreement],
  updatedAt: '2026-03-01T08:00:00.000Z',
  updatedBy: 'Claude Coordination',
  confirmedAt: '2026-03-01T08:00:00.000Z',
  isStale: false,
  version: 2,
} as const satisfies z.input<typeof Partner>

const card = {
  name: 'Hôpital d’essai',
  kind: 'hospital',
  municipality: '33063',
  contacts: [contact],
  units: [{ name: 'Médecine interne' }],
} satisfies z.input<typeof NewPartner>

const terms = {
  scope: 'Sorties d’hospitalisation préparées ensemble',
  signedOn: '2026-03-01',
  startsOn: '2026-05-01',
  endsOn: '2027-04-30',
  noticeDays: 60,
} satisfies z.input<typeof NewAgreement>

/** Partners, who to call there, and what is agreed. */
export const partnerExamples = {
  getPartners: { answer: { items: [partner], next: null } },
  getPartnersById: { answer: partner },
  postPartners: { bodies: { 'a hospital': card }, answer: { ...partner, agreements: [], version: 1 } },
  putPartnersById: {
    bodies: { 'the whole card': { ...card, version: 2 } satisfies z.input<typeof ChangePartner> },
    answer: { ...partner, version: 3 },
  },
  postPartnersByIdConfirmation: {
    bodies: { 'all of it is right': { version: 2 } satisfies z.input<typeof ConfirmPartner> },
    answer: { ...partner, version: 3 },
  },
  postPartnersByIdAgreements: { bodies: { 'for a year': terms }, answer: partner },
  putAgreementsById: {
    bodies: { terms: { ...terms, version: 1 } satisfies z.input<typeof ChangeAgreement> },
    answer: partner,
  },
  postAgreementsByIdRenewal: {
    bodies: { 'a year more': { ...terms, version: 1 } satisfies z.input<typeof ChangeAgreement> },
    answer: partner,
  },
  postAgreementsByIdEnd: {
    bodies: { today: { endedOn: '2026-03-01', version: 1 } satisfies z.input<typeof EndAgreement> },
    answer: partner,
  },
  getAgreementAlerts: {
    answer: {
      items: [
        {
          id: exampleIds.agreement,
          partnerId: exampleIds.organization,
          partner: 'Hôpital d’essai',
          scope: agreement.scope,
          endsOn: '2026-04-30',
          status: 'to-renew',
        },
      ],
    } satisfies z.input<typeof AgreementAlerts>,
  },
} satisfies OperationExamples
