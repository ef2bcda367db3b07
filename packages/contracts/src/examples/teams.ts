import type * as z from 'zod'
import type { ChangeTeam, NewTeam, SetTeamPlaces, Team } from '../directory/teams.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleIds, examplePhysician } from './people.ts'

const team = {
  id: exampleIds.team,
  kind: 'msp',
  name: 'Maison de santé d’essai',
  line: '12 place des Essais',
  municipality: { code: '33063', name: 'Bordeaux' },
  phone: '+33536490020',
  places: 12,
  remaining: 9,
  placesDeclaredAt: '2026-03-01T08:00:00.000Z',
  members: [{ ...examplePhysician, keeps: true }],
  mayDeclare: true,
  version: 2,
} as const satisfies z.input<typeof Team>

/** Teams and the places that they open together. */
export const teamExamples = {
  getTeams: { answer: { items: [team], next: null } },
  getTeamsById: { answer: team },
  postTeams: {
    bodies: {
      'a health house': {
        kind: 'msp',
        name: 'Maison de santé d’essai',
        municipality: '33063',
        members: [{ id: exampleIds.practitioner, keeps: true }],
      } satisfies z.input<typeof NewTeam>,
    },
    answer: { ...team, places: null, remaining: null, placesDeclaredAt: null, version: 1 },
  },
  putTeamsById: {
    bodies: { name: { name: 'Maison de santé', version: 2 } satisfies z.input<typeof ChangeTeam> },
    answer: { ...team, name: 'Maison de santé', version: 3 },
  },
  putTeamsByIdPlaces: {
    bodies: { 'twelve places': { places: 12, version: 1 } satisfies z.input<typeof SetTeamPlaces> },
    answer: team,
  },
  postTeamsByIdClosing: { bodies: { now: { version: 2 } } },
} satisfies OperationExamples
