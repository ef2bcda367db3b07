import { expect, test } from 'vitest'
import type { Sample } from '../load/rounds.ts'
import { writeApiReport } from './api-report.ts'

const sample = (over: Partial<Sample>): Sample => ({
  perSecond: 1000,
  p50: 10,
  p99: 20,
  serverMs: 0.5,
  postgresMs: 0.5,
  loadMs: 0.1,
  bytes: 2000,
  answers: 4000,
  ...over,
})

test('a line tells the share of the limit and how many times its processor', () => {
  const product = sample({ perSecond: 700, serverMs: 0.9, postgresMs: 0.6 })
  const measured = [{ name: 'file', connections: 16, product, limit: sample({}) }]
  const report = writeApiReport({ volumes: [{ volume: '100 000 dossiers', measured }] })
  expect(report).toContain('**70 %**')
  expect(report).toContain('**1,50**')
})

test('what has no limit beside it is told without a ratio', () => {
  const measured = [{ name: 'candidats', connections: 16, product: sample({}), limit: undefined }]
  expect(writeApiReport({ volumes: [{ volume: '100 000 dossiers', measured }] })).toContain('| – | – |')
})
