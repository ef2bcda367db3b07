import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { DrizzleQueryError } from 'drizzle-orm'
import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { createLog } from './log.ts'

// Whoever reads the log learns what broke and where, and nothing of whom it was about.

const name = 'Quenouille'
const person = /quenouille|zélie|1931|0639980011|secret-de-session/i

function logged(error: unknown): string {
  const lines: string[] = []
  const log = createLog('debug', { write: (line) => void lines.push(line) })
  log.error({ err: error }, 'unexpected error')
  log.error({ error }, 'unexpected error')
  if (error instanceof Error) log.error(error)
  log.warn({ case: { patient: { lastName: name } }, err: error }, 'again')
  return lines.join('')
}

const constraint = Object.assign(new DatabaseError(`duplicate key of ${name}`, 0, 'error'), {
  code: '23505',
  severity: 'ERROR',
  detail: `Key (last_name, birth_date)=(${name}, 1931-02-03) already exists.`,
  hint: name,
  where: `PL/pgSQL function about ${name}`,
  constraint: 'patients_unique',
})
const read = z
  .strictObject({ patient: z.strictObject({ age: z.number() }) })
  .safeParse({ patient: { age: name, [name]: 1 } })
const caught = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}
const errors: Record<string, unknown> = {
  'an error that names somebody': new Error(`${name} Zélie, née en 1931, n’a pas de place`),
  'one caused by another': new Error(`for ${name}`, { cause: new Error(`of ${name}`) }),
  'several at once': new AggregateError([new Error(name)], name),
  'a broken constraint': constraint,
  'a statement with its values': new DrizzleQueryError('insert into patients', [name, '1931-02-03'], constraint),
  'a contract that was not kept': read.error,
  'a number that is none': caught(() => BigInt(name)),
  'a text where JSON was': caught(() => JSON.parse(name)),
  'an address that is none': caught(() => new URL(`${name}://[`)),
  'a value that is no function': caught(() => Reflect.apply(Reflect.get({}, name), undefined, [])),
  'a property that is fixed': caught(() => Object.defineProperty(Object.freeze({ [name]: 1 }), name, { value: 2 })),
  'a mail server’s refusal': Object.assign(new Error(`550 <${name}@essai.example> unknown`), {
    code: 'EENVELOPE',
    rejected: [name],
  }),
  'an argument of Node': caught(() => Buffer.from(Object.assign(Object.create(null), { [name]: 1 }))),
  'an error with fields': Object.assign(new Error('failed'), {
    body: name,
    patient: { lastName: name },
    config: { token: 'secret-de-session' },
  }),
  'words that look like a place in the program': new Error(`refusé\n    at ${name} Zélie (1931)\n    at nowhere`),
  'a contract broken under a name': z.record(z.string(), z.number()).safeParse({ 'Zélie Quenouille': 'x' }).error,
  'a text thrown': `${name} n’a pas de place`,
  'a thing thrown': { lastName: name, phone: '0639980011' },
  'a name as an error': Object.assign(new Error('x'), { name: 'TypeError', message: `'${name}' is not` }),
}

test.each(Object.keys(errors))('%s is logged without words of theirs', (what) => {
  expect(logged(errors[what])).not.toMatch(person)
})

test('what helps to mend it is kept', () => {
  expect(logged(errors['a statement with its values'])).toMatch(/23505.*patients_unique/)
  expect(logged(errors['a contract that was not kept'])).toContain('/patient/age invalid_type')
  expect(logged(errors['an error that names somebody'])).toContain('silence.test.ts')
  expect(logged(new TypeError("Cannot read properties of undefined (reading 'x')"))).toContain(
    'Cannot read properties of undefined',
  )
})

// A program is started: it takes what a busy machine leaves it.
test.each(['Promise.reject(error)', 'setImmediate(() => { throw error })', 'runProcess(async () => { throw error })'])(
  'a failure that nobody caught (%s) ends the program without them',
  { timeout: 60_000 },
  (failing) => {
    const at = (file: string): string => JSON.stringify(path.join(import.meta.dirname, file))
    const program = `import { createLog } from ${at('log.ts')}
      import { logCrashes, runProcess } from ${at('run-process.ts')}
      logCrashes(createLog('info'))
      const error = Object.assign(new Error('${name}'), { detail: 'Key (last_name)=(${name})', params: ['${name}'], code: '23505' })
      ${failing}`
    const options = ['--import', 'tsx', '--input-type=module', '--eval', program]
    const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(`${stdout}${stderr}`).toContain('23505')
    expect(`${stdout}${stderr}`).not.toMatch(person)
  },
)
