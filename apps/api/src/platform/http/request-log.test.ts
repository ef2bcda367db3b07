import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { logRequests } from './request-log.ts'

test('a request leaves one line of known facts, and nothing of what its address or body held', async () => {
  const lines: string[] = []
  const loggerInstance: FastifyBaseLogger = createLog('info', { write: (line) => void lines.push(line) })
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => 'the-request',
  })
  app.decorateRequest('claims', null)
  logRequests(app)
  app.post('/patients/:id', (request, reply) => {
    request.log.info({ body: request.body }, 'masked as before')
    reply.send({})
  })
  await app.inject({ method: 'POST', url: '/patients/7?q=Quenouille', body: { lastName: 'Quenouille' } })
  await app.close()
  expect(lines.join('')).not.toContain('Quenouille')
  expect(lines.map((line): unknown => JSON.parse(line)).at(-1)).toEqual({
    level: 30,
    time: expect.any(Number),
    reqId: 'the-request',
    method: 'POST',
    route: '/patients/:id',
    status: 200,
    ms: expect.any(Number),
  })
})
