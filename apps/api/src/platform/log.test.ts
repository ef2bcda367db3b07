import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { DrizzleQueryError } from 'drizzle-orm'
import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  write(createLog('info', { write: (line) => void lines.push(line) }))
  expect(lines).not.toEqual([])
  return lines.join('')
}

test('names, births, bodies and secrets are masked wherever they are logged', () => {
  const line = logged((log) => {
    const patient = { lastName: 'Quenouille', birthDate: '1931-02-03', phones: ['0600000000'] }
    log.info({ patient, firstName: 'Zélie', body: patient, headers: { authorization: 'Bearer abc', cookie: 'x=y' } })
    log.info({ case: { owner: { lastName: 'Quenouille' } }, res: { 'set-cookie': 'refresh=abc' } })
  })
  expect(line).not.toMatch(/Quenouille|Zélie|1931|0600000000|abc|x=y/)
})

test.each([
  'password',
  'token',
  'accessToken',
  'cookie',
  'set-cookie',
  'body',
  'details',
  'q',
  'lastName',
  'birthName',
  'email',
  'address',
  'ins',
  'nationalHealthId',
  'freeText',
  'reason',
  'note',
])('%s is masked, at the top and below', (key) => {
  const line = logged((log) =>
    log.info({ [key]: 'Quenouille', req: { [key]: { of: 'Quenouille' } }, a: { b: { [key]: 'Quenouille' } } }),
  )
  expect(line).not.toContain('Quenouille')
  expect(line).toContain('[masqué]')
})

test('a failed statement is logged without its values', () => {
  const cause = new DatabaseError('invalid input syntax for type date: "Quenouille"', 0, 'error')
  Object.assign(cause, {
    code: '22007',
    severity: 'ERROR',
    detail: 'Key (last_name)=(Quenouille) exists',
    table: 'patients',
  })
  const line = logged((log) => log.error(new DrizzleQueryError('insert into patients', ['Quenouille'], cause)))
  expect(line).not.toContain('Quenouille')
  expect(line).toContain('22007')
  expect(line).toContain('patients')
})

test('a body that is no JSON is not quoted', () => {
  const line = logged((log) => {
    try {
      JSON.parse('Quenouille')
    } catch (error) {
      log.error({ err: error }, 'unreadable body')
    }
  })
  expect(line).not.toContain('Quenouille')
})

test('what was typed in an address stays out', () => {
  const line = logged((log) => log.info({ req: { id: '1', method: 'GET', url: '/practitioners?q=Quenouille' } }))
  expect(line).not.toContain('Quenouille')
  expect(line).toContain('/practitioners')
})

// A program is started: it takes what a busy machine leaves it.
test('what was logged just before the end is written', { timeout: 30_000 }, () => {
  const log = JSON.stringify(path.join(import.meta.dirname, 'log.ts'))
  const program = `import { createLog } from ${log}
    const log = createLog('info')
    for (let line = 1; line <= 2000; line += 1) log.info({ line })
    process.exit(0)`
  const options = ['--import', 'tsx', '--input-type=module', '--eval', program]
  const written = execFileSync(process.execPath, options, { encoding: 'utf8' }).trim().split('\n')
  expect(written).toHaveLength(2000)
  expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({ line: 2000 })
})
