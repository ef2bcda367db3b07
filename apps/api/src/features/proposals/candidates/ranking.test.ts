import type { PractitionerId } from '@maillage/contracts/kit/ids'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CandidateRequest } from '../../../kernel/context.ts'
import { rankCandidates } from './rank-candidates.ts'
import { type CandidateFacts, rankingWeights, reasonsFor } from './ranking.ts'
import { allRelaxed, nothingRelaxed } from './relaxed.ts'
import { wideningsOf } from './widening.ts'

const request: CandidateRequest = {
  profession: 'physician',
  generalPractitionerOnly: true,
  municipalityCode: '34145',
  places: 1,
  fullExcludes: true,
  unknownLast: true,
  maxDistanceKm: null,
  homeVisit: false,
  accessibility: false,
  children: false,
  longTerm: false,
  languages: [],
  gender: null,
  usual: [],
}

// A short name stands for an id: the pure rules only compare it.
const named = (name: string) => name as PractitionerId

const loadOf = (accepted: number) => ({ received: accepted, accepted, declined: 0, silent: 0 })

const doctor = (name: string, over: Partial<CandidateFacts> = {}): CandidateFacts => {
  const places = over.places === undefined ? 5 : over.places
  return {
    id: named(name),
    isGeneralPractitioner: true,
    gender: null,
    distanceKm: 0,
    homeVisits: null,
    accessible: null,
    languages: [],
    places,
    remaining: places,
    intake:
      places === null
        ? null
        : { isOpen: true, municipalities: [], maxDistanceKm: null, children: true, longTerm: true },
    isAbsent: false,
    hasDeclined: false,
    hasLiveProposal: false,
    askedBefore: false,
    load: loadOf(0),
    answerHours: 0,
    ...over,
  }
}

/**
 * Ten doctors worked out by hand. Points: distance 35 × (1 − km/30) · places 25 × min(left, 5)/5 · load
 * 15 × (1 − accepted/10) · profile 15 when nothing is asked · speed 5 × (1 − hours/120), 2.5 when never asked.
 */
const ten: [CandidateFacts, number][] = [
  [doctor('near-free'), 95], // 35 + 25 + 15 + 15 + 5
  [doctor('near-one-place', { places: 1, remaining: 1 }), 75], // 35 + 5 + 15 + 15 + 5
  [doctor('six-km', { distanceKm: 6 }), 88], // 28 + 25 + 15 + 15 + 5
  [doctor('fifteen-km', { distanceKm: 15 }), 77.5], // 17.5 + 25 + 15 + 15 + 5
  [doctor('far', { distanceKm: 45 }), 60], // 0 + 25 + 15 + 15 + 5
  [doctor('busy', { load: loadOf(8) }), 83], // 35 + 25 + 3 + 15 + 5
  [doctor('slow', { answerHours: 96 }), 91], // 35 + 25 + 15 + 15 + 1
  [doctor('never-asked', { answerHours: null }), 92.5], // 35 + 25 + 15 + 15 + 2.5
  [doctor('nowhere', { distanceKm: null }), 60], // 0 + 25 + 15 + 15 + 5
  [doctor('undeclared', { places: null }), 70], // 35 + 0 + 15 + 15 + 5, and behind all who declared
]
const people = ten.map(([facts]) => facts)
const order = (over: Partial<CandidateRequest> = {}, changed: readonly CandidateFacts[] = people) =>
  rankCandidates({ ...request, ...over }, changed, 'a case').ranked.map(({ facts }) => facts.id)

const byHand = ['near-free', 'never-asked', 'slow', 'six-km', 'busy', 'fifteen-km', 'near-one-place']

describe('ten doctors worked out by hand', () => {
  test.each(ten.map(([facts, score]) => [facts.id, score, facts] as const))(
    '%s has %f points',
    (_name, score, facts) => {
      const [only] = rankCandidates(request, [facts], 'a case').ranked
      expect(only?.score).toBe(score)
    },
  )

  test('their order is the one written here; who never declared comes last, with seventy points or not', () => {
    expect(order().slice(0, 7)).toEqual(byHand)
    expect(order().slice(7, 9).sort()).toEqual(['far', 'nowhere'])
    expect(order().at(-1)).toBe('undeclared')
  })

  const change = (name: string, over: Partial<CandidateFacts>) =>
    people.map((facts) => (facts.id === name ? { ...facts, ...over } : facts))

  test.each([
    [
      'a load of ten puts the first behind',
      change('near-free', { load: loadOf(10) }),
      ['never-asked', 'slow', 'six-km', 'busy', 'near-free'],
    ],
    ['moving next door brings six kilometres to the top', change('six-km', { distanceKm: 0 }), ['six-km', 'near-free']],
    [
      'answering within half a day lifts the slow one',
      change('slow', { answerHours: 12 }),
      ['near-free', 'slow', 'never-asked'],
    ],
    [
      'a declaration brings the undeclared among the others',
      change('undeclared', { places: 9, remaining: 9, intake: people[0]?.intake ?? null }),
      ['near-free', 'undeclared'],
    ],
    [
      'two places more lift the one who had one',
      change('near-one-place', { places: 3, remaining: 3 }),
      byHand.slice(0, 3),
    ],
    ['a declared zero leaves', change('near-free', { places: 3, remaining: 0 }), byHand.slice(1)],
  ])('one fact changes the order: %s', (_name, changed, first) => {
    const now = order({}, changed)
    if (first.length <= 2) expect(now.slice(0, 2).sort()).toEqual([...first].sort())
    else expect(now.slice(0, first.length)).toEqual(first)
  })

  test('the usual doctor gains five points, and a household of four leaves out who has one place', () => {
    expect(order({ usual: [named('slow')] })[0]).toBe('slow')
    expect(order({ places: 4 })).not.toContain('near-one-place')
  })
})

describe('who cannot be proposed to is counted by cause', () => {
  const excluded: [string, Partial<CandidateFacts>, Partial<CandidateRequest>, string][] = [
    ['full', { places: 2, remaining: 0 }, {}, 'full'],
    [
      'closed to new patients',
      { intake: { isOpen: false, municipalities: [], maxDistanceKm: null, children: true, longTerm: true } },
      {},
      'full',
    ],
    ['absent', { isAbsent: true }, {}, 'absent'],
    ['no general practitioner', { isGeneralPractitioner: false }, {}, 'profession'],
    ['declined this case', { hasDeclined: true }, {}, 'already_declined'],
    ['already asked', { hasLiveProposal: true }, {}, 'already_proposed'],
    ['beyond what the patient wants', { distanceKm: 11 }, { maxDistanceKm: 10 }, 'too_far'],
    [
      'beyond what the doctor wants',
      {
        distanceKm: 11,
        intake: { isOpen: true, municipalities: [], maxDistanceKm: 10, children: true, longTerm: true },
      },
      {},
      'too_far',
    ],
    [
      'another commune than theirs',
      { intake: { isOpen: true, municipalities: ['34151'], maxDistanceKm: null, children: true, longTerm: true } },
      {},
      'too_far',
    ],
    ['no home visits', { homeVisits: false }, { homeVisit: true }, 'profile'],
    [
      'no children',
      { intake: { isOpen: true, municipalities: [], maxDistanceKm: null, children: false, longTerm: true } },
      { children: true },
      'profile',
    ],
  ]
  test.each(excluded)('%s', (_name, facts, asked, cause) => {
    const { ranked, filteredOut } = rankCandidates({ ...request, ...asked }, [doctor('one', facts)], 'a case')
    expect(ranked).toEqual([])
    expect([...filteredOut]).toEqual([[cause, 1]])
  })

  test('distance and profile may be relaxed, and nothing else', () => {
    const far = doctor('far', { distanceKm: 50 })
    const { ranked } = rankCandidates({ ...request, maxDistanceKm: 10 }, [far], 'a case', {
      relax: ['distance'],
      withinKm: null,
    })
    expect(ranked).toHaveLength(1)
    const full = rankCandidates(request, [doctor('full', { places: 1, remaining: 0 })], 'a case', allRelaxed)
    expect(full.ranked).toEqual([])
  })

  test('a full doctor may still see an urgent patient: places are not counted there', () => {
    const urgent = { ...request, places: 0, fullExcludes: false, unknownLast: false }
    expect(rankCandidates(urgent, [doctor('full', { places: 1, remaining: 0 })], 'a case').ranked).toHaveLength(1)
  })
})

describe('fairness', () => {
  const twins = ['a', 'b', 'c', 'd', 'e'].map((name) => doctor(name))

  test('equals fall by lot, the same for the same case', () => {
    const once = rankCandidates(request, twins, 'case 7').ranked.map(({ facts }) => facts.id)
    expect(rankCandidates(request, [...twins].reverse(), 'case 7').ranked.map(({ facts }) => facts.id)).toEqual(once)
  })

  test('over many cases each of five equals comes first about as often', () => {
    const firsts = new Map<string, number>()
    for (let n = 0; n < 2000; n++) {
      const id = rankCandidates(request, twins, `case ${n}`).ranked[0]?.facts.id ?? ''
      firsts.set(id, (firsts.get(id) ?? 0) + 1)
    }
    // 400 expected each; six standard deviations (about 18) leave no room for chance.
    for (const { id } of twins) expect(Math.abs((firsts.get(id) ?? 0) - 400)).toBeLessThan(110)
  })

  const anyone = fc.record({
    distanceKm: fc.option(fc.integer({ min: 0, max: 60 })),
    remaining: fc.integer({ min: 1, max: 9 }),
    load: fc.nat(20).map(loadOf),
    answerHours: fc.option(fc.nat(300)),
  })

  test('every score is the sum of its reasons, and no factor gives more than its weight', () => {
    fc.assert(
      fc.property(anyone, (over) => {
        const facts = doctor('anyone', { ...over, places: 9 })
        const reasons = reasonsFor({ ...request, homeVisit: true, languages: ['arabe'] }, facts)
        for (const factor of Object.keys(rankingWeights) as (keyof typeof rankingWeights)[]) {
          const given = reasons
            .filter((reason) => reason.factor === factor)
            .reduce((sum, { points }) => sum + points, 0)
          expect(given).toBeLessThanOrEqual(rankingWeights[factor] + 0.1)
        }
        const [only] = rankCandidates(request, [facts], 'a case').ranked
        const sum = only?.reasons.reduce((total, { points }) => total + points, 0) ?? 0
        expect(only?.score).toBeCloseTo(sum, 1)
      }),
    )
  })

  test('nearer, freer, less loaded or quicker never ranks lower, all else equal', () => {
    fc.assert(
      fc.property(anyone, (over) => {
        const base = doctor('base', { ...over, places: 9 })
        const better = doctor('better', {
          ...over,
          places: 9,
          remaining: over.remaining + 1,
          load: loadOf(Math.max(0, over.load.accepted - 1)),
        })
        const [first, second] = rankCandidates(request, [base, better], 'a case').ranked
        if (first && second && first.score !== second.score) expect(first.facts.id).toBe('better')
      }),
    )
  })
})

describe('what may be given up', () => {
  const open = { isOpen: true, municipalities: [], maxDistanceKm: null, children: true, longTerm: true }
  const asked = { ...request, maxDistanceKm: 10, homeVisit: true }
  const all = [
    doctor('here'),
    doctor('at-twelve', { distanceKm: 12, homeVisits: true }),
    doctor('at-fifty', { distanceKm: 50, homeVisits: true }),
    doctor('no-visit', { homeVisits: false }),
    doctor('far-and-no-visit', { distanceKm: 12, homeVisits: false }),
    doctor('elsewhere', { distanceKm: 3, intake: { ...open, municipalities: ['30321'] } }),
    doctor('full', { places: 1, remaining: 0 }),
  ]

  test('each thing alone says how many it brings: the first circle, anywhere, the visit', () => {
    expect(wideningsOf(asked, all, nothingRelaxed)).toEqual([
      { relax: 'distance', withinKm: 5, adds: 1 },
      { relax: 'distance', withinKm: null, adds: 3 },
      { relax: 'home-visits', withinKm: null, adds: 1 },
    ])
  })

  test('once something is given up, the others count from there', () => {
    expect(wideningsOf(asked, all, { relax: ['distance'], withinKm: 5 })).toEqual([
      { relax: 'distance', withinKm: 15, adds: 1 },
      { relax: 'distance', withinKm: null, adds: 2 },
      { relax: 'home-visits', withinKm: null, adds: 1 },
    ])
    expect(wideningsOf(asked, all, { relax: ['distance', 'home-visits'], withinKm: null })).toEqual([])
  })

  test('what is announced is what comes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            distanceKm: fc.option(fc.integer({ min: 0, max: 80 })),
            homeVisits: fc.option(fc.boolean()),
            accessible: fc.option(fc.boolean()),
          }),
          { maxLength: 12 },
        ),
        (facts) => {
          const people = facts.map((over, index) => doctor(`d${index}`, over))
          const wanted = { ...asked, accessibility: true }
          const before = rankCandidates(wanted, people, 'a case').ranked.length
          for (const { relax, withinKm, adds } of wideningsOf(wanted, people, nothingRelaxed)) {
            const after = rankCandidates(wanted, people, 'a case', { relax: [relax], withinKm }).ranked.length
            expect(after - before).toBe(adds)
          }
        },
      ),
    )
  })

  test('whoever is there beyond a limit says so', () => {
    const [far] = rankCandidates(asked, [doctor('far', { distanceKm: 12 })], 'a case', allRelaxed).ranked
    expect(far?.reasons.map(({ code }) => code)).toContain('beyond-patient-limit')
    const own = doctor('own', { intake: { ...open, municipalities: ['30321'] } })
    expect(reasonsFor(asked, own).map(({ code }) => code)).toContain('beyond-own-limit')
  })
})
