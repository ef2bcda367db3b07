import type * as z from 'zod'
import type { Candidates, PractitionerActivity, WaitingPatient } from '../candidates.ts'
import { exampleIds, examplePhysician } from './people.ts'

/** Who may be proposed a search, with reasons and what may be given up. */
export const candidatesExample = {
  items: [
    {
      practitioner: {
        ...examplePhysician,
        municipality: 'Bordeaux',
        practicePhone: '+33536490020',
        practice: 'Maison de santé d’essai',
      },
      place: { latitude: 44.8624, longitude: -0.5848 },
      rank: 1,
      score: 78,
      reasons: [
        { factor: 'distance', points: 35, max: 35, code: 'same-municipality' },
        { factor: 'places', points: 20, max: 25, code: 'places-left', value: '4' },
      ],
      distanceKm: 0,
      capacity: 'declared',
      places: 5,
      remaining: 4,
      team: null,
      declaredAt: '2026-03-01T08:00:00.000Z',
      reachableBy: 'account',
      load: { received: 3, accepted: 2, declined: 1, silent: 0 },
      isUsual: false,
      askedBefore: false,
      answerBy: '2026-03-05T09:00:00.000Z',
    },
  ],
  away: [],
  considered: 12,
  filteredOut: [
    { cause: 'full', count: 7 },
    { cause: 'too_far', count: 4 },
  ],
  widenings: [{ relax: 'distance', withinKm: 25, adds: 4 }],
  householdSize: 1,
  origin: { name: 'Bordeaux', place: { latitude: 44.8624, longitude: -0.5848 } },
  maxDistanceKm: 15,
} as const satisfies z.input<typeof Candidates>

/** Somebody who waits, read from a practitioner's page. */
export const waitingPatientExample = {
  caseId: exampleIds.gpSearch,
  reference: 'MT-2026-0042',
  version: 2,
  band: 'P2',
  waitingSince: '2026-02-02T09:00:00.000Z',
  patient: { displayName: 'Camille Modèle', birthDate: '1948-06-15', sex: 'female' },
  municipality: { code: '33063', name: 'Bordeaux' },
  place: { latitude: 44.8624, longitude: -0.5848 },
  householdSize: 1,
  distanceKm: 0,
  reasons: [{ factor: 'distance', points: 35, max: 35, code: 'same-municipality' }],
} as const satisfies z.input<typeof WaitingPatient>

/** What a practitioner was sent, and how they answered. */
export const practitionerActivityExample = {
  load: { received: 3, accepted: 2, declined: 1, silent: 0 },
  answerHours: 5.5,
  patients: 2,
  placesAsked: 1,
  live: [
    {
      id: exampleIds.proposal,
      kind: 'gp-search',
      reference: 'MT-2026-0042',
      status: 'pending',
      municipality: 'Bordeaux',
      sentAt: '2026-03-03T09:00:00.000Z',
      expiresAt: '2026-03-05T09:00:00.000Z',
      version: 1,
    },
  ],
} as const satisfies z.input<typeof PractitionerActivity>
