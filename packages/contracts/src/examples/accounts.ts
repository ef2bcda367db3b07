import type * as z from 'zod'
import type {
  Account,
  ChangeMembership,
  Coordinators,
  Instance,
  Me,
  Preferences,
  Session,
  SignIn,
} from '../accounts.ts'
import type { Draft, SaveDraft } from '../drafts.ts'
import type { MunicipalityMatches } from '../municipalities.ts'
import type { CommuneNeeds, Organizations, Territory } from '../territory.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleIds, exampleOwner } from './people.ts'

const account = { ...exampleOwner, email: 'claude@essai.example' } satisfies z.input<typeof Account>

/** An opened session, as every way in answers it. */
export const sessionExample = {
  accessToken: 'eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl',
  expiresAt: '2026-03-02T09:10:00.000Z',
  account,
} satisfies z.input<typeof Session>

const membership = {
  id: exampleIds.membership,
  role: 'coordinator',
  cpts: { id: exampleIds.cpts, name: 'CPTS d’essai' },
  practitionerId: null,
  units: [],
  isHealthProfessional: false,
} satisfies z.input<typeof Me>['current']

const preferences = { letterShortcuts: true } satisfies z.input<typeof Preferences>

const draft = {
  content: { channel: 'phone', patient: { firstName: 'Camille' } },
  savedAt: '2026-03-02T09:05:00.000Z',
} satisfies z.input<typeof Draft>

/** Signing in, the territory where one works, unfinished forms. */
export const accountExamples = {
  postSessions: {
    bodies: {
      password: { email: account.email, password: 'une phrase de passe inventée' } satisfies z.input<typeof SignIn>,
    },
    answer: sessionExample,
  },
  postSessionsRefresh: { answer: sessionExample },
  postSessionsCurrentMembership: {
    bodies: { membership: { membershipId: exampleIds.membership } satisfies z.input<typeof ChangeMembership> },
    answer: sessionExample,
  },
  getMe: {
    answer: { account, memberships: [membership], current: membership, preferences } satisfies z.input<typeof Me>,
  },
  putMePreferences: { bodies: { preferences }, answer: preferences },
  getCoordinators: { answer: { items: [exampleOwner] } satisfies z.input<typeof Coordinators> },
  getInstance: {
    answer: {
      demo: false,
      version: '0.1.0',
      demoAccounts: [],
      mapTiles: null,
      signInProviders: [],
      idleLockMinutes: 15,
    } satisfies z.input<typeof Instance>,
  },
  getDraftsByForm: { answer: draft },
  putDraftsByForm: {
    bodies: { 'unfinished form': { content: draft.content } satisfies z.input<typeof SaveDraft> },
    answer: draft,
  },
  getTerritory: {
    answer: {
      id: exampleIds.cpts,
      name: 'CPTS d’essai',
      timeZone: 'Europe/Paris',
      municipalities: [{ code: '33063', name: 'Bordeaux' }],
    } satisfies z.input<typeof Territory>,
  },
  getTerritoryNeeds: {
    answer: {
      items: [
        {
          code: '33063',
          name: 'Bordeaux',
          place: { latitude: 44.8624, longitude: -0.5848 },
          inTerritory: true,
          practitioners: 12,
          places: 3,
          waiting: 31,
          waitingP1: 4,
          meanWaitDays: 34,
        },
      ],
    } satisfies z.input<typeof CommuneNeeds>,
  },
  getMunicipalities: {
    answer: {
      items: [
        {
          code: '33063',
          name: 'Bordeaux',
          postalCodes: ['33000', '33100', '33200', '33300', '33800'],
          department: '33',
          population: 267_991,
          latitude: 44.8624,
          longitude: -0.5848,
          inTerritory: true,
        },
      ],
    } satisfies z.input<typeof MunicipalityMatches>,
  },
  getUnits: {
    answer: {
      items: [
        {
          id: exampleIds.organization,
          name: 'Hôpital d’essai',
          kind: 'hospital',
          finess: null,
          units: [{ id: exampleIds.unit, name: 'Médecine interne', phone: '+33536490010' }],
        },
      ],
    } satisfies z.input<typeof Organizations>,
  },
} satisfies OperationExamples
